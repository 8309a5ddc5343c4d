package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as far as the API server can tell.
 *
 * @param agent the whole user agent; null where the client sends none
 * @param pod the pod that a bound token names; null without one
 * @param manager what the client sends as {@code fieldManager}; null where it sends none
 * @param impersonated the account acted for; null without impersonation
 */
public record Caller(
        String account,
        List<String> groups,
        @Nullable String agent,
        @Nullable String pod,
        @Nullable String manager,
        @Nullable String impersonated,
        String address) {

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
    private static final String EXTRA = "authentication.kubernetes.io/";

    public Caller {
        groups = List.copyOf(groups);
    }

    /** The manager that the server records for a write of this caller: parameter, else the agent's first word, else unknown. */
    String managerOr(@Nullable String parameter) {
        if (parameter != null) {
            return parameter;
        }
        return agent == null || agent.isEmpty() ? "unknown" : agent.split("/", 2)[0];
    }

    ObjectNode user() {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        if (account.isEmpty()) {
            return user;
        }
        user.put("username", account).put("uid", idOf("user " + account));
        ArrayNode shown = user.putArray("groups");
        allGroups().forEach(shown::add);
        if (pod != null) {
            ObjectNode extra = user.putObject("extra");
            extra.putArray(EXTRA + "credential-id").add("JTI=" + idOf("token " + pod));
            extra.putArray(EXTRA + "node-name").add("node-1");
            extra.putArray(EXTRA + "pod-name").add(pod);
            extra.putArray(EXTRA + "pod-uid").add(idOf("pod " + pod));
        }
        return user;
    }

    private List<String> allGroups() {
        List<String> all = new ArrayList<>(groups);
        if (account.startsWith(SERVICE_ACCOUNT)) {
            all.add("system:serviceaccounts");
            all.add("system:serviceaccounts:" + account.split(":")[2]);
        }
        all.add("system:authenticated");
        return all;
    }

    private static String idOf(String what) {
        return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
