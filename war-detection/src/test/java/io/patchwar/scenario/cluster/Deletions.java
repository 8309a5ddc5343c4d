package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How objects go: at once, gracefully, behind their finalizers, many at a time, or evicted (audit-events.md 2.3). */
final class Deletions {

    private final ObjectStore store;

    Deletions(ObjectStore store) {
        this.store = store;
    }

    Reply evict(Request request, StoredObject held, Instant now) {
        delete(request, held, null, now);
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        return new Reply(201, status.put("status", "Success").put("code", 201));
    }

    Reply delete(Request request, StoredObject held, @Nullable JsonNode options, Instant now) {
        JsonNode asked = options == null ? JsonNodeFactory.instance.objectNode() : options;
        boolean dryRun = asked.path("dryRun").path(0).asText().equals("All");
        boolean pod = held.kind().resource().equals("pods");
        int grace = pod ? asked.path("gracePeriodSeconds").asInt(30) : 0;
        boolean waits = grace > 0 || held.hasFinalizers();
        if (dryRun) {
            return gone(request, held, held.resourceVersion());
        }
        if (waits && !held.isDeleting()) {
            ObjectNode tree = held.tree().deepCopy();
            ObjectNode metadata = tree.withObject("/metadata");
            metadata.put("deletionTimestamp", seconds(now.plusSeconds(grace)));
            metadata.put("deletionGracePeriodSeconds", grace);
            if (held.kind().hasGeneration()) {
                metadata.put("generation", metadata.path("generation").asLong() + 1);
            }
            return new Reply(200, store.put(held.kind(), tree, held.owners()).in(request.version()));
        }
        if (waits) {
            return new Reply(200, held.in(request.version()));
        }
        store.remove(held);
        ObjectNode last = held.tree().deepCopy();
        if (pod) {
            ObjectNode metadata = last.withObject("/metadata");
            metadata.putIfAbsent("deletionTimestamp", TextNode.valueOf(seconds(now)));
            metadata.put("deletionGracePeriodSeconds", 0);
        }
        StoredObject ended = new StoredObject(held.kind(), StoredObject.ordered(last), held.owners());
        return gone(request, ended, store.nextVersion());
    }

    /** The answer to a delete that took the object away at once. */
    private static Reply gone(Request request, StoredObject held, String version) {
        if (held.kind().returnsDeleted()) {
            ObjectNode last = held.in(request.version());
            last.withObject("/metadata").put("resourceVersion", version);
            return new Reply(200, last);
        }
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Success");
        status.set(
                "details",
                Failure.details(held.kind(), Request.claimed(held.tree(), "name"))
                        .put("uid", held.uid()));
        return new Reply(200, status);
    }

    Reply deleteCollection(Request request, @Nullable JsonNode options, Instant now) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", request.kind().kind() + "List")
                .put("apiVersion", request.kind().apiVersion(request.version()));
        ObjectNode metadata = list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        for (StoredObject each : store.all(request.kind(), request.namespace())) {
            ObjectNode item = each.in(request.version());
            item.remove(List.of("kind", "apiVersion"));
            items.add(item);
            delete(request, each, options, now);
        }
        metadata.put("resourceVersion", store.version());
        return new Reply(200, list);
    }

    /** A time as metadata has it. */
    static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
