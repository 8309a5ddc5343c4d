package io.patchwar.scenario.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the small API server against a real one: sends it what was sent to kube-apiserver 1.36 when
 * {@code recorded/exemplars.jsonl} was recorded, over the same objects, and compares the two events. Only what no two
 * servers share is made alike first: ids, versions, times, generated names, and who was logged in how.
 */
class RecordedShapesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Set<String> ITS_OWN = Set.of(
            "auditID",
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "deletionTimestamp",
            "requestReceivedTimestamp",
            "stageTimestamp",
            "generation",
            "user",
            "sourceIPs");
    /** Where order is not the API server's but a Go type's that the simulator does not know. */
    private static final Set<String> UNORDERED = Set.of("spec", "status", "data", "annotations", "labels", "template");

    private static final Caller SOMEBODY =
            new Caller("somebody", List.of(), "kubectl/v1", null, null, null, "127.0.0.1");

    private static Request by(Caller caller, Request request) {
        return new Request(
                caller,
                request.verb(),
                request.style(),
                request.kind(),
                request.version(),
                request.namespace(),
                request.name(),
                request.subresource(),
                request.body(),
                request.manager(),
                request.force(),
                request.dryRun(),
                request.mishap());
    }

    static Stream<JsonNode> exemplars() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RecordedShapesTest.class.getResourceAsStream("/recorded/exemplars.jsonl")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.add(JSON.readTree(line));
            }
        }
        assertThat(events).hasSizeGreaterThan(20);
        return events.stream();
    }

    @ParameterizedTest
    @MethodSource("exemplars")
    void writesTheEventThatTheRealServerWrote(JsonNode recorded) throws IOException {
        ApiKind kind = kind(recorded);
        ScenarioCluster cluster = new ScenarioCluster(AuditLevel.REQUEST_RESPONSE, admission(recorded), 1);
        seedWorld(recorded, kind, cluster);
        cluster.handle(request(recorded, kind, cluster), NOW);
        JsonNode simulated = JSON.readTree(cluster.log().get(0));

        assertThat(alike(simulated)).isEqualTo(alike(recorded));
        assertThat(names(simulated, "")).isEqualTo(names(recorded, ""));
        if (recorded.path("user").has("extra")) {
            assertThat(names(simulated.path("user").path("groups"), ""))
                    .isEqualTo(names(recorded.path("user").path("groups"), ""));
        }
    }

    private static ApiKind kind(JsonNode recorded) {
        JsonNode reference = recorded.path("objectRef");
        String resource = reference.path("resource").asText();
        String kind = Map.of(
                        "configmaps", "ConfigMap",
                        "services", "Service",
                        "deployments", "Deployment",
                        "ingresses", "Ingress",
                        "pods", "Pod",
                        "leases", "Lease",
                        "endpointslices", "EndpointSlice")
                .get(resource);
        return new ApiKind(
                reference.path("apiGroup").asText(""),
                reference.path("apiVersion").asText(),
                Objects.requireNonNull(kind),
                resource,
                reference.has("namespace"),
                false,
                Map.of());
    }

    /** The two objects of the exemplars that somebody else has a say in. */
    private static Admission admission(JsonNode recorded) {
        String name = recorded.path("objectRef").path("name").asText("");
        return new Admission(
                switch (name) {
                    case "tiered" ->
                        List.of(new Admission.Rewrite(
                                "configmaps",
                                "policy/tiered",
                                FieldAddress.parse("metadata.labels.tier"),
                                TextNode.valueOf("gold"),
                                null));
                    case "greedy" ->
                        List.of(new Admission.Deny(
                                "deployments",
                                "shop/greedy",
                                FieldAddress.parse("spec.replicas"),
                                Set.of("system:serviceaccount:flux-system:helm-controller"),
                                422,
                                "Invalid",
                                recorded.path("responseStatus")
                                        .path("details")
                                        .path("causes")
                                        .path(0)
                                        .path("message")
                                        .asText()));
                    default -> List.of();
                });
    }

    /** Puts there what must have been there before the recorded request: mostly what it left behind. */
    private static void seedWorld(JsonNode recorded, ApiKind kind, ScenarioCluster cluster) {
        int code = recorded.path("responseStatus").path("code").asInt();
        if (code == 201 || code == 404) {
            return;
        }
        List<ObjectNode> objects = new ArrayList<>();
        if (recorded.path("verb").asText().equals("deletecollection")) {
            recorded.path("responseObject").path("items").forEach(item -> objects.add(item.deepCopy()));
        } else {
            objects.add(before(recorded, kind, code));
        }
        for (ObjectNode object : objects) {
            boolean finalized = recorded.path("requestObject").toString().contains("/metadata/finalizers");
            if (finalized) {
                object.withObject("/metadata").putArray("finalizers").add("backup.example.com/protect");
            }
            object.withObject("/metadata").remove(List.of("uid", "resourceVersion", "deletionTimestamp"));
            cluster.seed(by(SOMEBODY, plain(recorded, kind, "create", null, "", object)), NOW.minusSeconds(60));
            if (object.path("status").size() > 0) {
                cluster.seed(plain(recorded, kind, "update", WriteStyle.PUT, "status", object), NOW.minusSeconds(60));
            }
        }
    }

    private static ObjectNode before(JsonNode recorded, ApiKind kind, int code) {
        JsonNode response = recorded.path("responseObject");
        ObjectNode object = kind.head(
                kind.version(),
                recorded.path("objectRef").path("namespace").asText(),
                recorded.path("objectRef").path("name").asText());
        if (response.path("kind").asText().equals("Scale")) {
            object.withObject("/spec").set("replicas", response.path("spec").path("replicas"));
            String app = response.path("status").path("selector").asText().substring("app=".length());
            object.withObject("/spec/selector/matchLabels").put("app", app);
        } else if (!response.path("kind").asText().equals("Status")) {
            object = response.deepCopy();
        } else if (code == 409 && recorded.path("requestObject").has("spec")) {
            object.set("spec", recorded.path("requestObject").path("spec"));
        }
        return object;
    }

    private static Request request(JsonNode recorded, ApiKind kind, ScenarioCluster cluster) throws IOException {
        JsonNode reference = recorded.path("objectRef");
        String name = reference.path("name").asText("");
        boolean list = recorded.path("requestObject").isArray();
        String uri = recorded.path("requestURI").asText();
        String verb = recorded.path("verb").asText();
        WriteStyle style = verb.equals("update")
                ? WriteStyle.PUT
                : !verb.equals("patch")
                        ? null
                        : list
                                ? WriteStyle.JSON_PATCH
                                : uri.contains("force=")
                                        ? WriteStyle.APPLY
                                        : name.equals("ports") ? WriteStyle.STRATEGIC : WriteStyle.MERGE;
        JsonNode body =
                recorded.has("requestObject") ? recorded.path("requestObject").deepCopy() : null;
        if (verb.startsWith("delete") && body instanceof ObjectNode options) {
            options.remove(List.of("kind", "apiVersion"));
        }
        ObjectNode held = name.isEmpty()
                ? null
                : cluster.get(kind, kind.version(), reference.path("namespace").asText(), name);
        if (held != null && recorded.path("responseStatus").path("code").asInt() == 200 && body instanceof ObjectNode) {
            for (String id : List.of("uid", "resourceVersion")) {
                if (body.path("metadata").has(id)) {
                    ((ObjectNode) body.path("metadata"))
                            .set(id, held.path("metadata").get(id));
                }
            }
        }
        Request plain =
                plain(recorded, kind, verb, style, reference.path("subresource").asText(""), body);
        return new Request(
                plain.by(),
                verb,
                style,
                kind,
                kind.version(),
                plain.namespace(),
                name,
                plain.subresource(),
                body,
                uri.contains("fieldManager=") ? uri.replaceFirst(".*fieldManager=([^&]*).*", "$1") : null,
                uri.contains("force=true"),
                false,
                null);
    }

    private static Request plain(
            JsonNode recorded, ApiKind kind, String verb, WriteStyle style, String subresource, JsonNode body) {
        JsonNode user = recorded.path("user");
        JsonNode pod =
                user.path("extra").path("authentication.kubernetes.io/pod-name").path(0);
        Caller by = new Caller(
                user.path("username").asText(),
                List.of(),
                recorded.has("userAgent") ? recorded.path("userAgent").asText() : null,
                pod.isMissingNode() ? null : pod.asText(),
                null,
                null,
                "127.0.0.1");
        JsonNode reference = recorded.path("objectRef");
        String name = reference.path("name").asText("");
        if (name.isEmpty() && body != null) {
            name = body.path("metadata").path("name").asText("");
        }
        return new Request(
                by,
                verb,
                style,
                kind,
                kind.version(),
                reference.path("namespace").asText(""),
                name,
                subresource,
                body,
                null,
                false,
                false,
                null);
    }

    /** The event without what is each server's own. */
    private static JsonNode alike(JsonNode event) {
        ObjectNode alike = event.deepCopy();
        alike.put(
                "requestURI",
                alike.path("requestURI").asText().replace("?&", "?").replaceFirst("&fieldValidation=Strict", ""));
        if (alike.path("responseObject").path("metadata").has("generateName")) {
            alike.withObject("/responseObject/metadata").put("name", "generated");
        }
        blank(alike);
        return alike;
    }

    private static void blank(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(each -> {
                if (ITS_OWN.contains(each.getKey())) {
                    each.setValue(TextNode.valueOf("its own"));
                } else {
                    blank(each.getValue());
                }
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(RecordedShapesTest::blank);
        }
    }

    /** Every key in its order, down to where the order is none of the simulator's business. */
    private static JsonNode names(JsonNode node, String name) {
        if (node.isObject() && !UNORDERED.contains(name) && !ITS_OWN.contains(name)) {
            ArrayNode names = JsonNodeFactory.instance.arrayNode();
            node.properties().forEach(each -> names.add(each.getKey()).add(names(each.getValue(), each.getKey())));
            return names;
        }
        return node.isArray() ? JsonNodeFactory.instance.numberNode(node.size()) : JsonNodeFactory.instance.nullNode();
    }
}
