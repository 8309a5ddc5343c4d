package io.patchwar.scenario.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One cluster with a second between its requests, and the few words in which its tests speak. */
final class ClusterUnderTest {

    static final ObjectMapper JSON = new ObjectMapper();
    static final ApiKind CONFIG_MAP = new ApiKind("", "v1", "ConfigMap", "configmaps", true, false, Map.of());
    static final ApiKind DEPLOYMENT = new ApiKind("apps", "v1", "Deployment", "deployments", true, false, Map.of());
    static final ApiKind SERVICE = new ApiKind("", "v1", "Service", "services", true, false, Map.of());
    static final ApiKind POD = new ApiKind("", "v1", "Pod", "pods", true, false, Map.of());
    static final ApiKind WIDGET = new ApiKind(
            "example.com",
            "v1",
            "Widget",
            "widgets",
            true,
            true,
            Map.of("v1beta1", Map.of("spec.size", "spec.replicas")));
    static final Caller ALICE = caller("alice", "kubectl/v1");
    static final Caller BOB = caller("bob", "bobctl/v1");

    private final Admission.Rule gold = new Admission.Rewrite(
            "configmaps", "a/gold", FieldAddress.parse("metadata.labels.tier"), TextNode.valueOf("gold"), "tiers");
    private final Admission.Rule frozen = new Admission.Deny(
            "configmaps", "a/frozen", FieldAddress.parse("data.k"), Set.of("bob"), 422, "Invalid", "frozen");
    final ScenarioCluster cluster =
            new ScenarioCluster(AuditLevel.REQUEST_RESPONSE, new Admission(List.of(gold, frozen)), 1);
    private Instant now = Instant.parse("2026-11-23T08:00:00Z");

    static Caller caller(String account, String agent) {
        return new Caller(account, List.of(), agent, null, null, null, "192.0.2.1");
    }

    Reply handle(Request request) {
        now = now.plusSeconds(1);
        return cluster.handle(request, now);
    }

    void create(ApiKind kind, String name, String body) {
        assertThat(handle(plain(ALICE, "create", null, kind, name, "", whole(kind, name, tree(body))))
                        .code())
                .isEqualTo(201);
    }

    Reply put(ApiKind kind, String name, String via, ObjectNode body) {
        return handle(plain(ALICE, "update", WriteStyle.PUT, kind, name, via, body));
    }

    Reply merge(ApiKind kind, String name, String via, String body) {
        return handle(plain(ALICE, "patch", WriteStyle.MERGE, kind, name, via, tree(body)));
    }

    Reply patch(WriteStyle style, ApiKind kind, String name, JsonNode body, Caller by, boolean force) {
        return handle(new Request(
                by, "patch", style, kind, kind.version(), "a", name, "", body, by.managerOr(null), force, false, null));
    }

    Reply apply(String name, String body, Caller by, boolean force) {
        return patch(WriteStyle.APPLY, CONFIG_MAP, name, whole(CONFIG_MAP, name, tree(body)), by, force);
    }

    Reply delete(ApiKind kind, String name, ObjectNode options) {
        return handle(plain(ALICE, "delete", null, kind, name, "", options));
    }

    static Request plain(
            Caller by, String verb, WriteStyle style, ApiKind kind, String name, String via, JsonNode body) {
        return new Request(by, verb, style, kind, kind.version(), "a", name, via, body, null, false, false, null);
    }

    static ObjectNode whole(ApiKind kind, String name, ObjectNode body) {
        ObjectNode whole = kind.head(kind.version(), "a", name);
        MergePatch.apply(whole, body);
        return whole;
    }

    ObjectNode held(ApiKind kind, String name) {
        return Objects.requireNonNull(cluster.get(kind, kind.version(), "a", name));
    }

    String at(ApiKind kind, String name, String address) {
        JsonNode value = FieldAddress.parse(address).in(held(kind, name));
        return value == null ? null : value.asText();
    }

    static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }

    JsonNode lastEvent() throws JsonProcessingException {
        List<byte[]> log = cluster.log();
        return JSON.readTree(new String(log.get(log.size() - 1), StandardCharsets.UTF_8));
    }

    static ObjectNode tree(String yaml) {
        return (ObjectNode) node(yaml);
    }

    /** Reads the flow style of YAML, which spares the quotes. */
    static JsonNode node(String yaml) {
        try {
            return new YAMLMapper().readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
