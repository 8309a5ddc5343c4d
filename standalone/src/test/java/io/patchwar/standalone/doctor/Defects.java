package io.patchwar.standalone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Recordings with one defect planted in each, by seeded transformations of real events. */
final class Defects {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RECORDINGS = Path.of("..", "recordings");

    private Defects() {}

    static List<ObjectNode> recording(String name) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(RECORDINGS.resolve(name + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            List<ObjectNode> events = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                events.add((ObjectNode) JSON.readTree(line));
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, List<? extends JsonNode> events) {
        return writeLines(file, events.stream().map(JsonNode::toString).toList());
    }

    static Path writeLines(Path file, List<String> lines) {
        try {
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<ObjectNode> each(List<ObjectNode> events, UnaryOperator<ObjectNode> change) {
        return events.stream().map(ObjectNode::deepCopy).map(change).toList();
    }

    /** Each of those that fit, with that chance. */
    static List<ObjectNode> some(
            List<ObjectNode> events,
            Random random,
            double chance,
            Predicate<ObjectNode> fits,
            UnaryOperator<ObjectNode> change) {
        return each(events, event -> fits.test(event) && random.nextDouble() < chance ? change.apply(event) : event);
    }

    static List<ObjectNode> without(List<ObjectNode> events, Predicate<ObjectNode> lost) {
        return events.stream().filter(event -> !lost.test(event)).toList();
    }

    static ObjectNode atLevel(ObjectNode event, String level) {
        event.put("level", level);
        event.remove("responseObject");
        if (level.equals("Metadata")) {
            event.remove("requestObject");
        }
        return event;
    }

    /** As the API server does with what is larger than its limit. */
    static ObjectNode truncated(ObjectNode event) {
        event.remove(List.of("requestObject", "responseObject"));
        event.withObject("/annotations").put("audit.k8s.io/truncated", "true");
        return event;
    }

    static ObjectNode withManagedFields(ObjectNode event) {
        if (event.path("responseObject").path("metadata").has("resourceVersion")) {
            ArrayNode managed = ((ObjectNode) event.path("responseObject").path("metadata")).putArray("managedFields");
            ObjectNode entry = managed.addObject().put("manager", "controller").put("operation", "Update");
            ObjectNode fields =
                    entry.put("apiVersion", "v1").put("fieldsType", "FieldsV1").putObject("fieldsV1");
            for (String field : List.of("f:externalName", "f:loadBalancerClass", "f:ports", "f:selector", "f:type")) {
                fields.withObject("/f:spec").putObject(field).putObject(".");
            }
        }
        return event;
    }

    /** Every request a second time, as it was when it came in. */
    static List<ObjectNode> withRequestReceived(List<ObjectNode> events) {
        return events.stream()
                .flatMap(event -> {
                    ObjectNode before = event.deepCopy();
                    before.put("stage", "RequestReceived");
                    before.remove(List.of("responseStatus", "requestObject", "responseObject"));
                    before.set("stageTimestamp", event.get("requestReceivedTimestamp"));
                    return List.of(before, event).stream();
                })
                .toList();
    }

    static ObjectNode later(ObjectNode event, Duration by) {
        for (String stamp : List.of("requestReceivedTimestamp", "stageTimestamp")) {
            event.put(stamp, Instant.parse(event.get(stamp).asText()).plus(by).toString());
        }
        return event;
    }

    static Instant time(ObjectNode event) {
        return Instant.parse(event.get("stageTimestamp").asText());
    }

    /** The same writes once more, as after the store was set back to what it was before them. */
    static List<ObjectNode> restored(List<ObjectNode> events) {
        Duration span = Duration.between(time(events.get(0)), time(events.get(events.size() - 1)));
        List<ObjectNode> twice = new ArrayList<>(events);
        for (ObjectNode event : events) {
            ObjectNode again = later(event.deepCopy(), span.plusMinutes(1));
            twice.add(again.put("auditID", event.get("auditID").asText() + "-again"));
        }
        return twice;
    }

    /** As Fluent Bit hands lines on, each cut at so many bytes. */
    static List<String> cutAt(List<ObjectNode> events, int bytes) {
        return events.stream()
                .map(event -> {
                    String line = event.toString();
                    return JSON.createObjectNode()
                            .put(
                                    "@timestamp",
                                    Instant.parse(event.get("stageTimestamp").asText())
                                                    .toEpochMilli()
                                            / 1000.0)
                            .put("log", line.length() <= bytes ? line : line.substring(0, bytes))
                            .toString();
                })
                .toList();
    }

    /** A body that takes the event over that many bytes. */
    static ObjectNode grown(ObjectNode event, int bytes) {
        if (event.path("responseObject").isObject()) {
            ((ObjectNode) event.get("responseObject")).put("padding", "x".repeat(bytes));
        }
        return event;
    }

    /** As Elastic's integration stores them. */
    static ObjectNode elastic(ObjectNode event) {
        for (String body : List.of("requestObject", "responseObject")) {
            if (event.path(body).isObject()) {
                ((ObjectNode) event.get(body)).remove("metadata");
            }
        }
        ObjectNode document = JSON.createObjectNode();
        document.put("@timestamp", event.get("stageTimestamp").asText());
        document.putObject("kubernetes").set("audit", event);
        return document;
    }

    /** As AKS writes to an Event Hub. */
    static String azure(ObjectNode event, String category) {
        ObjectNode record = JSON.createObjectNode();
        ObjectNode only = record.putArray("records").addObject();
        only.put("time", event.get("stageTimestamp").asText()).put("category", category);
        only.putObject("properties").put("log", event.toString()).put("pod", "kube-apiserver-1");
        return record.toString();
    }

    /** Bodies as the webhook posts them, of all that came within a span. */
    static List<String> posted(List<ObjectNode> events, Duration every) {
        return events.stream()
                .collect(Collectors.groupingBy(
                        event -> time(event).toEpochMilli() / every.toMillis(),
                        java.util.TreeMap::new,
                        Collectors.toList()))
                .values()
                .stream()
                .map(batch -> {
                    ObjectNode list =
                            JSON.createObjectNode().put("kind", "EventList").put("apiVersion", "audit.k8s.io/v1");
                    ArrayNode items = list.putArray("items");
                    batch.forEach(items::add);
                    return list.toString();
                })
                .toList();
    }

    static ObjectNode secret(ObjectNode like, String value) {
        ObjectNode event = like.deepCopy();
        event.put("auditID", "of-a-secret").put("verb", "update");
        event.putObject("objectRef")
                .put("resource", "secrets")
                .put("namespace", "shop")
                .put("name", "database");
        event.putObject("responseObject")
                .put("kind", "Secret")
                .putObject("data")
                .put("password", value);
        return event;
    }

    static boolean isResource(ObjectNode event, String resource) {
        return event.path("objectRef").path("resource").asText().equals(resource);
    }

    static boolean isStored(ObjectNode event) {
        return event.path("responseObject").path("metadata").has("resourceVersion");
    }
}
