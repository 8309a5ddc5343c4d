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
import org.junit.jupiter.api.Test;

/** The rules of an API server that decide what an audit log shows, one test each. */
class ScenarioClusterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ApiKind CONFIG_MAP = new ApiKind("", "v1", "ConfigMap", "configmaps", true, false, Map.of());
    private static final ApiKind DEPLOYMENT =
            new ApiKind("apps", "v1", "Deployment", "deployments", true, false, Map.of());
    private static final ApiKind SERVICE = new ApiKind("", "v1", "Service", "services", true, false, Map.of());
    private static final ApiKind POD = new ApiKind("", "v1", "Pod", "pods", true, false, Map.of());
    private static final ApiKind WIDGET = new ApiKind(
            "example.com",
            "v1",
            "Widget",
            "widgets",
            true,
            true,
            Map.of("v1beta1", Map.of("spec.size", "spec.replicas")));
    private static final Caller ALICE = caller("alice", "kubectl/v1");
    private static final Caller BOB = caller("bob", "bobctl/v1");

    private final Admission.Rule gold = new Admission.Rewrite(
            "configmaps", "a/gold", FieldAddress.parse("metadata.labels.tier"), TextNode.valueOf("gold"), "tiers");
    private final Admission.Rule frozen = new Admission.Deny(
            "configmaps", "a/frozen", FieldAddress.parse("data.k"), Set.of("bob"), 422, "Invalid", "frozen");
    private final ScenarioCluster cluster =
            new ScenarioCluster(AuditLevel.REQUEST_RESPONSE, new Admission(List.of(gold, frozen)), 1);
    private Instant now = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void aWriteThatChangesNothingReturnsTheOldVersion() {
        create(CONFIG_MAP, "x", "{data: {k: v}}");
        String version = version(held(CONFIG_MAP, "x"));
        assertThat(version(merge(CONFIG_MAP, "x", "", "{data: {k: v}}").body())).isEqualTo(version);
        assertThat(version(merge(CONFIG_MAP, "x", "", "{data: {k: w}}").body())).isGreaterThan(version);
    }

    @Test
    void aPutOverAnOldVersionIsRefusedAndOneWithoutVersionIsNot() {
        create(CONFIG_MAP, "x", "{data: {k: v}}");
        ObjectNode old = held(CONFIG_MAP, "x");
        merge(CONFIG_MAP, "x", "", "{data: {k: w}}");
        Reply refused = put(CONFIG_MAP, "x", "", old);
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.body().path("reason").asText()).isEqualTo("Conflict");
        assertThat(refused.body().path("details").has("causes")).isFalse();
        old.withObject("/metadata").remove("resourceVersion");
        assertThat(put(CONFIG_MAP, "x", "", old).code()).isEqualTo(200);
        assertThat(at(CONFIG_MAP, "x", "data.k")).isEqualTo("v");
    }

    @Test
    void aStatusWriteLeavesTheSpecAloneAndAMainWriteTheStatus() {
        create(DEPLOYMENT, "x", "{spec: {replicas: 3}}");
        ObjectNode asked = held(DEPLOYMENT, "x");
        asked.withObject("/spec").put("replicas", 9);
        asked.withObject("/status").put("replicas", 3);
        put(DEPLOYMENT, "x", "status", asked);
        assertThat(at(DEPLOYMENT, "x", "spec.replicas")).isEqualTo("3");
        assertThat(at(DEPLOYMENT, "x", "status.replicas")).isEqualTo("3");
        merge(DEPLOYMENT, "x", "", "{status: {replicas: 7}}");
        assertThat(at(DEPLOYMENT, "x", "status.replicas")).isEqualTo("3");
    }

    @Test
    void aStatusWriteStoresAnnotationsOfServicesAndNotOfCustomResources() {
        create(SERVICE, "x", "{spec: {ports: [{port: 80}]}}");
        create(WIDGET, "x", "{spec: {replicas: 1}}");
        merge(SERVICE, "x", "status", "{metadata: {annotations: {pool: lan}}, status: {phase: a}}");
        merge(WIDGET, "x", "status", "{metadata: {annotations: {pool: lan}}, status: {phase: a}}");
        assertThat(at(SERVICE, "x", "metadata.annotations.pool")).isEqualTo("lan");
        assertThat(at(WIDGET, "x", "metadata.annotations.pool")).isNull();
    }

    @Test
    void theScaleEndpointSpeaksScaleAndWritesReplicas() {
        create(DEPLOYMENT, "x", "{spec: {replicas: 1, selector: {matchLabels: {app: x}}}}");
        ObjectNode scale = Objects.requireNonNull(cluster.getScale(DEPLOYMENT, "a", "x"));
        scale.withObject("/spec").put("replicas", 5);
        Reply reply = put(DEPLOYMENT, "x", "scale", scale);
        assertThat(reply.body().path("kind").asText()).isEqualTo("Scale");
        assertThat(reply.body().path("status").path("selector").asText()).isEqualTo("app=x");
        assertThat(version(reply.body())).isEqualTo(version(held(DEPLOYMENT, "x")));
        assertThat(at(DEPLOYMENT, "x", "spec.replicas")).isEqualTo("5");
        assertThat(put(DEPLOYMENT, "x", "scale", scale).code()).isEqualTo(409);
    }

    @Test
    void aGenerationMovesWithTheSpecOnly() {
        create(DEPLOYMENT, "x", "{spec: {replicas: 1}}");
        merge(DEPLOYMENT, "x", "", "{metadata: {labels: {a: b}}}");
        merge(DEPLOYMENT, "x", "status", "{status: {replicas: 1}}");
        assertThat(at(DEPLOYMENT, "x", "metadata.generation")).isEqualTo("1");
        merge(DEPLOYMENT, "x", "", "{spec: {replicas: 2}}");
        assertThat(at(DEPLOYMENT, "x", "metadata.generation")).isEqualTo("2");
    }

    @Test
    void aStrategicPatchMergesItemsByKeyAndAMergePatchReplacesTheList() {
        String two = "{spec: {template: {spec: {containers: [{name: a, image: a1}, {name: b, image: b1}]}}}}";
        create(DEPLOYMENT, "x", two);
        String one = "{spec: {template: {spec: {containers: [{name: b, image: b2}]}}}}";
        patch(WriteStyle.STRATEGIC, DEPLOYMENT, "x", tree(one), ALICE, false);
        assertThat(at(DEPLOYMENT, "x", "spec.template.spec.containers[name=a].image"))
                .isEqualTo("a1");
        assertThat(at(DEPLOYMENT, "x", "spec.template.spec.containers[name=b].image"))
                .isEqualTo("b2");
        merge(DEPLOYMENT, "x", "", one);
        assertThat(at(DEPLOYMENT, "x", "spec.template.spec.containers[name=a].image"))
                .isNull();
    }

    @Test
    void aStrategicPatchRemovesItemsAndMembersByDirective() {
        create(
                DEPLOYMENT,
                "x",
                "{metadata: {finalizers: [f/a, f/b]}, spec: {template: {spec: {containers: [{name: a}, {name: b}]}}}}");
        patch(
                WriteStyle.STRATEGIC,
                DEPLOYMENT,
                "x",
                tree("{metadata: {$deleteFromPrimitiveList/finalizers: [f/a]},"
                        + " spec: {template: {spec: {containers: [{name: a, $patch: delete}]}}}}"),
                ALICE,
                false);
        assertThat(held(DEPLOYMENT, "x").path("metadata").path("finalizers").toString())
                .isEqualTo("[\"f/b\"]");
        assertThat(held(DEPLOYMENT, "x").at("/spec/template/spec/containers").size())
                .isEqualTo(1);
    }

    @Test
    void aStrategicPatchOfACustomResourceIsRefused() {
        create(WIDGET, "x", "{spec: {replicas: 1}}");
        assertThat(patch(WriteStyle.STRATEGIC, WIDGET, "x", tree("{spec: {replicas: 2}}"), ALICE, false)
                        .code())
                .isEqualTo(415);
    }

    @Test
    void aJsonPatchThatDoesNotFitIsRefused() {
        create(CONFIG_MAP, "x", "{data: {k: v}}");
        Reply reply = patch(
                WriteStyle.JSON_PATCH,
                CONFIG_MAP,
                "x",
                node("[{op: test, path: /data/k, value: other}, {op: remove, path: /data/k}]"),
                ALICE,
                false);
        assertThat(reply.code()).isEqualTo(422);
        assertThat(at(CONFIG_MAP, "x", "data.k")).isEqualTo("v");
    }

    @Test
    void anApplyOverAnothersFieldIsRefusedAndNamesRivalAndField() {
        create(CONFIG_MAP, "x", "{data: {k: v}}");
        Reply reply = apply("x", "{data: {k: w}}", BOB, false);
        assertThat(reply.code()).isEqualTo(409);
        JsonNode cause = reply.body().path("details").path("causes").path(0);
        assertThat(cause.path("reason").asText()).isEqualTo("FieldManagerConflict");
        assertThat(cause.path("field").asText()).isEqualTo(".data.k");
        assertThat(cause.path("message").asText()).isEqualTo("conflict with \"kubectl\" using v1");
        assertThat(apply("x", "{data: {k: v}}", BOB, false).code()).isEqualTo(200);
        assertThat(apply("x", "{data: {k: w}}", BOB, true).code()).isEqualTo(200);
        assertThat(at(CONFIG_MAP, "x", "data.k")).isEqualTo("w");
        assertThat(apply("x", "{data: {k: u}}", BOB, false).code()).isEqualTo(200);
    }

    @Test
    void anApplyRemovesWhatItLeavesOutUnlessAnotherOwnsItToo() {
        apply("x", "{data: {mine: a, shared: b}}", BOB, false);
        apply("x", "{data: {shared: b}}", ALICE, false);
        apply("x", "{data: {other: c}}", BOB, false);
        assertThat(held(CONFIG_MAP, "x").path("data").toString()).isEqualTo("{\"shared\":\"b\",\"other\":\"c\"}");
    }

    @Test
    void anApplyRemovesAListItemWithItsKey() {
        ObjectNode two = tree("{spec: {template: {spec: {containers: [{name: a, image: a1}, {name: b, image: b1}]}}}}");
        patch(WriteStyle.APPLY, DEPLOYMENT, "x", whole(DEPLOYMENT, "x", two), BOB, false);
        ObjectNode one = tree("{spec: {template: {spec: {containers: [{name: a, image: a1}]}}}}");
        patch(WriteStyle.APPLY, DEPLOYMENT, "x", whole(DEPLOYMENT, "x", one), BOB, false);
        assertThat(held(DEPLOYMENT, "x").at("/spec/template/spec/containers").findValuesAsText("name"))
                .containsExactly("a");
    }

    @Test
    void anApplyThatOnlyTakesCoOwnershipMovesTheVersion() {
        create(CONFIG_MAP, "x", "{data: {k: v}}");
        String version = version(held(CONFIG_MAP, "x"));
        String after = version(apply("x", "{data: {k: v}}", BOB, false).body());
        assertThat(after).isNotEqualTo(version);
        assertThat(version(apply("x", "{data: {k: v}}", BOB, false).body())).isEqualTo(after);
    }

    @Test
    void aRewriteIsSeenInTheReplyAndInTheAnnotationsAndMovesNothing() throws JsonProcessingException {
        create(CONFIG_MAP, "gold", "{metadata: {labels: {tier: gold}}}");
        String version = version(held(CONFIG_MAP, "gold"));
        Reply reply = merge(CONFIG_MAP, "gold", "", "{metadata: {labels: {tier: silver}}}");
        assertThat(reply.body().at("/metadata/labels/tier").asText()).isEqualTo("gold");
        assertThat(version(reply.body())).isEqualTo(version);
        JsonNode event = lastEvent();
        assertThat(event.path("requestObject").at("/metadata/labels/tier").asText())
                .isEqualTo("silver");
        String patch = event.path("annotations")
                .path("patch.webhook.admission.k8s.io/round_0_index_0")
                .asText();
        assertThat(JSON.readTree(patch).at("/patch/0/path").asText()).isEqualTo("/metadata/labels/tier");
    }

    @Test
    void aDenialConcernsWhomAndWhatItNames() {
        create(CONFIG_MAP, "frozen", "{data: {k: v}}");
        assertThat(patch(WriteStyle.MERGE, CONFIG_MAP, "frozen", tree("{data: {k: w}}"), BOB, false)
                        .code())
                .isEqualTo(422);
        assertThat(patch(WriteStyle.MERGE, CONFIG_MAP, "frozen", tree("{data: {j: w}}"), BOB, false)
                        .code())
                .isEqualTo(200);
        assertThat(merge(CONFIG_MAP, "frozen", "", "{data: {k: w}}").code()).isEqualTo(200);
    }

    @Test
    void anObjectWithAFinalizerWaitsAndGoesWithItsLast() {
        create(CONFIG_MAP, "x", "{metadata: {finalizers: [f/a]}}");
        Reply asked = delete(CONFIG_MAP, "x", null);
        assertThat(asked.body().path("metadata").has("deletionTimestamp")).isTrue();
        String version = version(held(CONFIG_MAP, "x"));
        assertThat(version(asked.body())).isEqualTo(version);
        Reply last = merge(CONFIG_MAP, "x", "", "{metadata: {finalizers: []}}");
        assertThat(last.code()).isEqualTo(200);
        assertThat(version(last.body())).isEqualTo(version);
        assertThat(cluster.get(CONFIG_MAP, "v1", "a", "x")).isNull();
    }

    @Test
    void aDeleteAnswersWithAStatusOrTheObjectByKind() {
        create(CONFIG_MAP, "x", "{}");
        create(SERVICE, "x", "{spec: {ports: [{port: 80}]}}");
        ObjectNode configMap = held(CONFIG_MAP, "x");
        ObjectNode service = held(SERVICE, "x");
        Reply status = delete(CONFIG_MAP, "x", null);
        assertThat(status.body().path("kind").asText()).isEqualTo("Status");
        assertThat(status.body().at("/details/uid")).isEqualTo(configMap.at("/metadata/uid"));
        Reply object = delete(SERVICE, "x", null);
        assertThat(object.body().path("kind").asText()).isEqualTo("Service");
        assertThat(version(object.body())).isGreaterThan(version(service));
    }

    @Test
    void aPodIsDeletedGracefullyAndGoesWhenTheKubeletSaysSo() {
        create(POD, "x", "{spec: {containers: [{name: c}]}}");
        assertThat(delete(POD, "x", null)
                        .body()
                        .at("/metadata/deletionGracePeriodSeconds")
                        .asInt())
                .isEqualTo(30);
        assertThat(cluster.get(POD, "v1", "a", "x")).isNotNull();
        delete(POD, "x", tree("{gracePeriodSeconds: 0}"));
        assertThat(cluster.get(POD, "v1", "a", "x")).isNull();
    }

    @Test
    void aDryRunAnswersWithWhatWouldBeAndStoresNothing() {
        create(CONFIG_MAP, "x", "{data: {k: v}}");
        Request request = new Request(
                ALICE,
                "patch",
                WriteStyle.MERGE,
                CONFIG_MAP,
                "v1",
                "a",
                "x",
                "",
                tree("{data: {k: w}}"),
                null,
                false,
                true,
                null);
        Reply reply = handle(request);
        assertThat(reply.body().at("/data/k").asText()).isEqualTo("w");
        assertThat(version(reply.body())).isEqualTo(version(held(CONFIG_MAP, "x")));
        assertThat(at(CONFIG_MAP, "x", "data.k")).isEqualTo("v");
        assertThat(request.uri()).isEqualTo("/api/v1/namespaces/a/configmaps/x?dryRun=All");
    }

    @Test
    void anotherVersionOfAKindHasItsOwnNameForAField() {
        create(WIDGET, "x", "{spec: {replicas: 3}}");
        ObjectNode beta = Objects.requireNonNull(cluster.get(WIDGET, "v1beta1", "a", "x"));
        assertThat(beta.at("/spec/size").asInt()).isEqualTo(3);
        assertThat(beta.at("/spec/replicas").isMissingNode()).isTrue();
        beta.withObject("/spec").put("size", 5);
        handle(new Request(
                ALICE, "update", WriteStyle.PUT, WIDGET, "v1beta1", "a", "x", "", beta, null, false, false, null));
        assertThat(at(WIDGET, "x", "spec.replicas")).isEqualTo("5");
    }

    @Test
    void aBuiltInsQuantitiesAreCanonicalInTheRecordedPutAndInTheStore() throws JsonProcessingException {
        create(
                DEPLOYMENT,
                "x",
                "{spec: {template: {spec: {containers: [{name: a, resources: {limits: {memory: 2048Mi, cpu: 1000m}}}]}}}}");
        String limits = "/spec/template/spec/containers/0/resources/limits";
        assertThat(held(DEPLOYMENT, "x").at(limits).toString()).isEqualTo("{\"memory\":\"2Gi\",\"cpu\":\"1\"}");
        assertThat(lastEvent().path("requestObject").at(limits).toString())
                .isEqualTo("{\"memory\":\"2Gi\",\"cpu\":\"1\"}");
        assertThat(Defaulting.canonical("1536Mi")).isEqualTo("1536Mi");
        assertThat(Defaulting.canonical("100m")).isEqualTo("100m");
    }

    @Test
    void whatIsHiddenHappensAndLeavesNoEvent() {
        create(CONFIG_MAP, "x", "{data: {k: v}}");
        int before = cluster.log().size();
        handle(new Request(
                ALICE,
                "patch",
                WriteStyle.MERGE,
                CONFIG_MAP,
                "v1",
                "a",
                "x",
                "",
                tree("{data: {k: w}}"),
                null,
                false,
                false,
                new Request.Hidden()));
        assertThat(cluster.log()).hasSize(before);
        assertThat(at(CONFIG_MAP, "x", "data.k")).isEqualTo("w");
    }

    @Test
    void aTruncatedEventKeepsItsLevelAndLosesItsBodies() throws JsonProcessingException {
        create(CONFIG_MAP, "x", "{data: {k: v}}");
        handle(new Request(
                ALICE,
                "patch",
                WriteStyle.MERGE,
                CONFIG_MAP,
                "v1",
                "a",
                "x",
                "",
                tree("{data: {k: w}}"),
                null,
                false,
                false,
                new Request.Truncated()));
        JsonNode event = lastEvent();
        assertThat(event.path("level").asText()).isEqualTo("RequestResponse");
        assertThat(event.has("requestObject")).isFalse();
        assertThat(event.has("responseObject")).isFalse();
        assertThat(event.at("/annotations/audit.k8s.io~1truncated").asText()).isEqualTo("true");
    }

    @Test
    void aTimeoutMayHaveBeenStored() {
        create(CONFIG_MAP, "x", "{data: {k: v}}");
        for (boolean stored : new boolean[] {false, true}) {
            Reply reply = handle(new Request(
                    ALICE,
                    "patch",
                    WriteStyle.MERGE,
                    CONFIG_MAP,
                    "v1",
                    "a",
                    "x",
                    "",
                    tree("{data: {k: w}}"),
                    null,
                    false,
                    false,
                    new Request.Broken(504, "ResponseComplete", stored)));
            assertThat(reply.code()).isEqualTo(504);
            assertThat(reply.body().path("reason").asText()).isEqualTo("Timeout");
            assertThat(at(CONFIG_MAP, "x", "data.k")).isEqualTo(stored ? "w" : "v");
        }
    }

    @Test
    void aRestoredStoreHandsOutItsVersionsAgain() {
        create(CONFIG_MAP, "x", "{data: {k: v}}");
        String version = version(held(CONFIG_MAP, "x"));
        cluster.snapshot();
        for (int i = 0; i < 20; i++) {
            merge(CONFIG_MAP, "x", "", "{data: {k: w" + i + "}}");
        }
        cluster.restore();
        assertThat(at(CONFIG_MAP, "x", "data.k")).isEqualTo("v");
        assertThat(version(held(CONFIG_MAP, "x"))).isEqualTo(version);
    }

    @Test
    void eachLevelWritesWhatItMay() throws JsonProcessingException {
        for (AuditLevel level : AuditLevel.values()) {
            ScenarioCluster leveled = new ScenarioCluster(level, new Admission(List.of()), 1);
            leveled.handle(plain(ALICE, "create", null, CONFIG_MAP, "x", "", whole(CONFIG_MAP, "x", tree("{}"))), now);
            JsonNode event = JSON.readTree(new String(leveled.log().get(0), StandardCharsets.UTF_8));
            assertThat(event.path("level").asText()).isEqualTo(level.text());
            assertThat(event.has("requestObject")).isEqualTo(level != AuditLevel.METADATA);
            assertThat(event.has("responseObject")).isEqualTo(level == AuditLevel.REQUEST_RESPONSE);
        }
    }

    @Test
    void ampersandsAndAnglesAreEscapedAsGoDoes() {
        create(CONFIG_MAP, "x", "{data: {k: '<a&b>'}}");
        apply("x", "{data: {j: v}}", BOB, true);
        String create = new String(cluster.log().get(0), StandardCharsets.UTF_8);
        String apply = new String(cluster.log().get(1), StandardCharsets.UTF_8);
        assertThat(create).contains("\\u003ca\\u0026b\\u003e").doesNotContain("<");
        assertThat(apply).contains("?fieldManager=bobctl\\u0026force=true");
    }

    private static Caller caller(String account, String agent) {
        return new Caller(account, List.of(), agent, null, null, null, "192.0.2.1");
    }

    private Reply handle(Request request) {
        now = now.plusSeconds(1);
        return cluster.handle(request, now);
    }

    private void create(ApiKind kind, String name, String body) {
        assertThat(handle(plain(ALICE, "create", null, kind, name, "", whole(kind, name, tree(body))))
                        .code())
                .isEqualTo(201);
    }

    private Reply put(ApiKind kind, String name, String via, ObjectNode body) {
        return handle(plain(ALICE, "update", WriteStyle.PUT, kind, name, via, body));
    }

    private Reply merge(ApiKind kind, String name, String via, String body) {
        return handle(plain(ALICE, "patch", WriteStyle.MERGE, kind, name, via, tree(body)));
    }

    private Reply patch(WriteStyle style, ApiKind kind, String name, JsonNode body, Caller by, boolean force) {
        return handle(new Request(
                by, "patch", style, kind, kind.version(), "a", name, "", body, by.managerOr(null), force, false, null));
    }

    private Reply apply(String name, String body, Caller by, boolean force) {
        return patch(WriteStyle.APPLY, CONFIG_MAP, name, whole(CONFIG_MAP, name, tree(body)), by, force);
    }

    private Reply delete(ApiKind kind, String name, ObjectNode options) {
        return handle(plain(ALICE, "delete", null, kind, name, "", options));
    }

    private static Request plain(
            Caller by, String verb, WriteStyle style, ApiKind kind, String name, String via, JsonNode body) {
        return new Request(by, verb, style, kind, kind.version(), "a", name, via, body, null, false, false, null);
    }

    private static ObjectNode whole(ApiKind kind, String name, ObjectNode body) {
        ObjectNode whole = kind.head(kind.version(), "a", name);
        MergePatch.apply(whole, body);
        return whole;
    }

    private ObjectNode held(ApiKind kind, String name) {
        return Objects.requireNonNull(cluster.get(kind, kind.version(), "a", name));
    }

    private String at(ApiKind kind, String name, String address) {
        JsonNode value = FieldAddress.parse(address).in(held(kind, name));
        return value == null ? null : value.asText();
    }

    private static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }

    private JsonNode lastEvent() throws JsonProcessingException {
        List<byte[]> log = cluster.log();
        return JSON.readTree(new String(log.get(log.size() - 1), StandardCharsets.UTF_8));
    }

    private static ObjectNode tree(String yaml) {
        return (ObjectNode) node(yaml);
    }

    /** Reads the flow style of YAML, which spares the quotes. */
    private static JsonNode node(String yaml) {
        try {
            return new YAMLMapper().readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
