package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One write request.
 *
 * @param style how an {@code update} or {@code patch} is worded; null for the other verbs
 * @param version the API version spoken, which may not be the stored one
 * @param name empty on a create by generated name and on a deletecollection
 * @param subresource empty for the object itself
 * @param body what is sent; null for a delete without options
 * @param manager the {@code fieldManager} parameter; null where none is sent
 * @param mishap what goes wrong on the way to the log or to the store; null normally
 */
public record Request(
        Caller by,
        String verb,
        @Nullable WriteStyle style,
        ApiKind kind,
        String version,
        String namespace,
        String name,
        String subresource,
        @Nullable JsonNode body,
        @Nullable String manager,
        boolean force,
        boolean dryRun,
        @Nullable Mishap mishap) {

    /** What can go wrong with a request that is otherwise well. */
    public sealed interface Mishap {}

    /** The audit policy has no rule for it: it happens, and nothing is written down. */
    public record Hidden() implements Mishap {}

    /** The event was too large, so that it lost its bodies. */
    public record Truncated() implements Mishap {}

    /** The server fails after it may have stored the write: a 5xx, a panic, or a connection that closed early. */
    public record Broken(int code, String stage, boolean stored) implements Mishap {}

    public String uri() {
        StringBuilder uri = new StringBuilder(kind.group().isEmpty() ? "/api/" : "/apis/" + kind.group() + "/");
        uri.append(version);
        if (kind.namespaced()) {
            uri.append("/namespaces/").append(namespace);
        }
        uri.append('/').append(kind.resource());
        if (!name.isEmpty() && !(verb.equals("create") && subresource.isEmpty())) {
            uri.append('/').append(name);
        }
        if (!subresource.isEmpty()) {
            uri.append('/').append(subresource);
        }
        List<String> query = new ArrayList<>();
        if (dryRun && !verb.startsWith("delete")) {
            query.add("dryRun=All");
        }
        // The options of a delete have no room for a manager.
        if (manager != null && !verb.startsWith("delete")) {
            query.add("fieldManager=" + manager);
        }
        if (force) {
            query.add("force=true");
        }
        return query.isEmpty() ? uri.toString() : uri + "?" + String.join("&", query);
    }

    boolean isScale() {
        return subresource.equals("scale");
    }

    /** The version that a PUT or patch claims to be made from; empty where it claims none. */
    static String claimed(ObjectNode tree, String what) {
        return tree.path("metadata").path(what).asText("");
    }
}
