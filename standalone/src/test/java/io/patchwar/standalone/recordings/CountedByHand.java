package io.patchwar.standalone.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a recording lets anyone see, counted once more in the plainest way: whole trees of its events, and nothing of the product's
 * reader, order or state.
 */
final class CountedByHand {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> VERBS = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final Set<String> SUBRESOURCES =
            Set.of("", "status", "scale", "resize", "ephemeralcontainers", "finalize", "approval", "eviction");

    /** By resource, its group after a dot: by member of the document what it should be. */
    final Map<String, Map<String, Long>> resources = new TreeMap<>();

    Instant first = Instant.MAX;
    Instant last = Instant.MIN;

    /** Records that are a write in scope, doubles included. */
    long accepted;

    private final Set<String> known = new HashSet<>();

    static CountedByHand of(Recording recording) throws IOException {
        CountedByHand counted = new CountedByHand();
        for (List<String> lines : recording.files()) {
            for (String line : lines) {
                for (JsonNode event : events(JSON.readTree(line))) {
                    counted.take(event);
                }
            }
        }
        return counted;
    }

    private static List<JsonNode> events(JsonNode document) {
        List<JsonNode> events = new ArrayList<>();
        if (document.has("items") && !document.has("auditID")) {
            document.path("items").forEach(events::add);
        } else {
            events.add(document);
        }
        return events;
    }

    private void take(JsonNode event) {
        JsonNode ref = event.path("objectRef");
        String resource = ref.path("resource").asText();
        String group = ref.path("apiGroup").asText();
        boolean collection = event.path("verb").asText().equals("deletecollection");
        String named = ref.path("name").asText()
                + event.at("/responseObject/metadata/name").asText();
        if (!Set.of("ResponseComplete", "Panic").contains(event.path("stage").asText())
                || !VERBS.contains(event.path("verb").asText())
                || Set.of("", "events", "leases").contains(resource)
                || Set.of("authentication.k8s.io", "authorization.k8s.io").contains(group)
                || !SUBRESOURCES.contains(ref.path("subresource").asText())
                || isDryRun(event)
                || (named.isEmpty() && !collection)) {
            return;
        }
        accepted++;
        Instant time = Instant.parse(event.path("stageTimestamp").asText());
        first = time.isBefore(first) ? time : first;
        last = time.isAfter(last) ? time : last;
        String name = group.isEmpty() ? resource : resource + "." + group;
        JsonNode items = event.at("/responseObject/items");
        if (collection && items.isArray()) {
            items.forEach(item -> count(event, item.at("/metadata/name").asText(), false, of(name)));
        } else if (collection) {
            of(name).merge("unlistedCollections", 1L, Long::sum);
        } else {
            count(event, "", isReply(event), of(name));
        }
    }

    /** Made for the first that is counted: of a collection that was empty there is nothing to be seen. */
    private Map<String, Long> of(String name) {
        return resources.computeIfAbsent(name, n -> zeroes());
    }

    private static boolean isDryRun(JsonNode event) {
        return event.path("requestURI").asText().matches(".*[?&]dryRun=All.*")
                || event.at("/requestObject/dryRun").size() > 0;
    }

    private static boolean isReply(JsonNode event) {
        JsonNode reply = event.path("responseObject");
        return reply.isObject() && !reply.path("kind").asText().equals("Status");
    }

    private void count(JsonNode event, String item, boolean reply, Map<String, Long> counts) {
        String key = event.path("auditID") + " " + event.path("requestReceivedTimestamp") + " "
                + event.path("requestURI") + " " + item;
        if (!known.add(key)) {
            counts.merge("duplicates", 1L, Long::sum);
            return;
        }
        boolean body = reply || event.path("requestObject").isContainerNode();
        int code = event.at("/responseStatus/code").asInt();
        boolean unknown = event.path("stage").asText().equals("Panic") || code < 200 || code >= 500;
        counts.merge("writes", 1L, Long::sum);
        counts.merge("withBodies", body ? 1L : 0L, Long::sum);
        counts.merge("withReplies", reply ? 1L : 0L, Long::sum);
        counts.merge("rejected", !unknown && code >= 400 ? 1L : 0L, Long::sum);
        counts.merge("unknown", unknown ? 1L : 0L, Long::sum);
        boolean truncated = event.path("annotations")
                .path("audit.k8s.io/truncated")
                .asText()
                .equals("true");
        counts.merge("truncated", truncated ? 1L : 0L, Long::sum);
    }

    private static Map<String, Long> zeroes() {
        Map<String, Long> zeroes = new TreeMap<>();
        for (String member : List.of(
                "writes",
                "withBodies",
                "withReplies",
                "rejected",
                "unknown",
                "truncated",
                "duplicates",
                "unlistedCollections")) {
            zeroes.put(member, 0L);
        }
        return zeroes;
    }
}
