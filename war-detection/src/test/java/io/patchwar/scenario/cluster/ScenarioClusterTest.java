package io.patchwar.scenario.cluster;

import static io.patchwar.scenario.cluster.ClusterUnderTest.ALICE;
import static io.patchwar.scenario.cluster.ClusterUnderTest.BOB;
import static io.patchwar.scenario.cluster.ClusterUnderTest.CONFIG_MAP;
import static io.patchwar.scenario.cluster.ClusterUnderTest.DEPLOYMENT;
import static io.patchwar.scenario.cluster.ClusterUnderTest.JSON;
import static io.patchwar.scenario.cluster.ClusterUnderTest.POD;
import static io.patchwar.scenario.cluster.ClusterUnderTest.SERVICE;
import static io.patchwar.scenario.cluster.ClusterUnderTest.WIDGET;
import static io.patchwar.scenario.cluster.ClusterUnderTest.plain;
import static io.patchwar.scenario.cluster.ClusterUnderTest.tree;
import static io.patchwar.scenario.cluster.ClusterUnderTest.version;
import static io.patchwar.scenario.cluster.ClusterUnderTest.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The rules of an API server that decide what an audit log shows, one test each. */
class ScenarioClusterTest {
    private final ClusterUnderTest it = new ClusterUnderTest();

    @Test
    void aWriteThatChangesNothingReturnsTheOldVersion() {
        it.create(CONFIG_MAP, "x", "{data: {k: v}}");
        String version = version(it.held(CONFIG_MAP, "x"));
        assertThat(version(it.merge(CONFIG_MAP, "x", "", "{data: {k: v}}").body()))
                .isEqualTo(version);
        assertThat(version(it.merge(CONFIG_MAP, "x", "", "{data: {k: w}}").body()))
                .isGreaterThan(version);
    }

    @Test
    void aPutOverAnOldVersionIsRefusedAndOneWithoutVersionIsNot() {
        it.create(CONFIG_MAP, "x", "{data: {k: v}}");
        ObjectNode old = it.held(CONFIG_MAP, "x");
        it.merge(CONFIG_MAP, "x", "", "{data: {k: w}}");
        Reply refused = it.put(CONFIG_MAP, "x", "", old);
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.body().path("reason").asText()).isEqualTo("Conflict");
        assertThat(refused.body().path("details").has("causes")).isFalse();
        old.withObject("/metadata").remove("resourceVersion");
        assertThat(it.put(CONFIG_MAP, "x", "", old).code()).isEqualTo(200);
        assertThat(it.at(CONFIG_MAP, "x", "data.k")).isEqualTo("v");
    }

    @Test
    void aStatusWriteLeavesTheSpecAloneAndAMainWriteTheStatus() {
        it.create(DEPLOYMENT, "x", "{spec: {replicas: 3}}");
        ObjectNode asked = it.held(DEPLOYMENT, "x");
        asked.withObject("/spec").put("replicas", 9);
        asked.withObject("/status").put("replicas", 3);
        it.put(DEPLOYMENT, "x", "status", asked);
        assertThat(it.at(DEPLOYMENT, "x", "spec.replicas")).isEqualTo("3");
        assertThat(it.at(DEPLOYMENT, "x", "status.replicas")).isEqualTo("3");
        it.merge(DEPLOYMENT, "x", "", "{status: {replicas: 7}}");
        assertThat(it.at(DEPLOYMENT, "x", "status.replicas")).isEqualTo("3");
    }

    @Test
    void aStatusWriteStoresAnnotationsOfServicesAndNotOfCustomResources() {
        it.create(SERVICE, "x", "{spec: {ports: [{port: 80}]}}");
        it.create(WIDGET, "x", "{spec: {replicas: 1}}");
        it.merge(SERVICE, "x", "status", "{metadata: {annotations: {pool: lan}}, status: {phase: a}}");
        it.merge(WIDGET, "x", "status", "{metadata: {annotations: {pool: lan}}, status: {phase: a}}");
        assertThat(it.at(SERVICE, "x", "metadata.annotations.pool")).isEqualTo("lan");
        assertThat(it.at(WIDGET, "x", "metadata.annotations.pool")).isNull();
    }

    @Test
    void theScaleEndpointSpeaksScaleAndWritesReplicas() {
        it.create(DEPLOYMENT, "x", "{spec: {replicas: 1, selector: {matchLabels: {app: x}}}}");
        ObjectNode scale = Objects.requireNonNull(it.cluster.getScale(DEPLOYMENT, "a", "x"));
        scale.withObject("/spec").put("replicas", 5);
        Reply reply = it.put(DEPLOYMENT, "x", "scale", scale);
        assertThat(reply.body().path("kind").asText()).isEqualTo("Scale");
        assertThat(reply.body().path("status").path("selector").asText()).isEqualTo("app=x");
        assertThat(version(reply.body())).isEqualTo(version(it.held(DEPLOYMENT, "x")));
        assertThat(it.at(DEPLOYMENT, "x", "spec.replicas")).isEqualTo("5");
        assertThat(it.put(DEPLOYMENT, "x", "scale", scale).code()).isEqualTo(409);
    }

    @Test
    void aGenerationMovesWithTheSpecOnly() {
        it.create(DEPLOYMENT, "x", "{spec: {replicas: 1}}");
        it.merge(DEPLOYMENT, "x", "", "{metadata: {labels: {a: b}}}");
        it.merge(DEPLOYMENT, "x", "status", "{status: {replicas: 1}}");
        assertThat(it.at(DEPLOYMENT, "x", "metadata.generation")).isEqualTo("1");
        it.merge(DEPLOYMENT, "x", "", "{spec: {replicas: 2}}");
        assertThat(it.at(DEPLOYMENT, "x", "metadata.generation")).isEqualTo("2");
    }

    @Test
    void anObjectWithAFinalizerWaitsAndGoesWithItsLast() {
        it.create(CONFIG_MAP, "x", "{metadata: {finalizers: [f/a]}}");
        Reply asked = it.delete(CONFIG_MAP, "x", null);
        assertThat(asked.body().path("metadata").has("deletionTimestamp")).isTrue();
        String version = version(it.held(CONFIG_MAP, "x"));
        assertThat(version(asked.body())).isEqualTo(version);
        Reply last = it.merge(CONFIG_MAP, "x", "", "{metadata: {finalizers: []}}");
        assertThat(last.code()).isEqualTo(200);
        assertThat(version(last.body())).isEqualTo(version);
        assertThat(it.cluster.get(CONFIG_MAP, "v1", "a", "x")).isNull();
    }

    @Test
    void aDeleteAnswersWithAStatusOrTheObjectByKind() {
        it.create(CONFIG_MAP, "x", "{}");
        it.create(SERVICE, "x", "{spec: {ports: [{port: 80}]}}");
        ObjectNode configMap = it.held(CONFIG_MAP, "x");
        ObjectNode service = it.held(SERVICE, "x");
        Reply status = it.delete(CONFIG_MAP, "x", null);
        assertThat(status.body().path("kind").asText()).isEqualTo("Status");
        assertThat(status.body().at("/details/uid")).isEqualTo(configMap.at("/metadata/uid"));
        Reply object = it.delete(SERVICE, "x", null);
        assertThat(object.body().path("kind").asText()).isEqualTo("Service");
        assertThat(version(object.body())).isGreaterThan(version(service));
    }

    @Test
    void aPodIsDeletedGracefullyAndGoesWhenTheKubeletSaysSo() {
        it.create(POD, "x", "{spec: {containers: [{name: c}]}}");
        assertThat(it.delete(POD, "x", null)
                        .body()
                        .at("/metadata/deletionGracePeriodSeconds")
                        .asInt())
                .isEqualTo(30);
        assertThat(it.cluster.get(POD, "v1", "a", "x")).isNotNull();
        it.delete(POD, "x", tree("{gracePeriodSeconds: 0}"));
        assertThat(it.cluster.get(POD, "v1", "a", "x")).isNull();
    }

    @Test
    void aDryRunAnswersWithWhatWouldBeAndStoresNothing() {
        it.create(CONFIG_MAP, "x", "{data: {k: v}}");
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
        Reply reply = it.handle(request);
        assertThat(reply.body().at("/data/k").asText()).isEqualTo("w");
        assertThat(version(reply.body())).isEqualTo(version(it.held(CONFIG_MAP, "x")));
        assertThat(it.at(CONFIG_MAP, "x", "data.k")).isEqualTo("v");
        assertThat(request.uri()).isEqualTo("/api/v1/namespaces/a/configmaps/x?dryRun=All");
    }

    @Test
    void anotherVersionOfAKindHasItsOwnNameForAField() {
        it.create(WIDGET, "x", "{spec: {replicas: 3}}");
        ObjectNode beta = Objects.requireNonNull(it.cluster.get(WIDGET, "v1beta1", "a", "x"));
        assertThat(beta.at("/spec/size").asInt()).isEqualTo(3);
        assertThat(beta.at("/spec/replicas").isMissingNode()).isTrue();
        beta.withObject("/spec").put("size", 5);
        it.handle(new Request(
                ALICE, "update", WriteStyle.PUT, WIDGET, "v1beta1", "a", "x", "", beta, null, false, false, null));
        assertThat(it.at(WIDGET, "x", "spec.replicas")).isEqualTo("5");
    }

    @Test
    void whatIsHiddenHappensAndLeavesNoEvent() {
        it.create(CONFIG_MAP, "x", "{data: {k: v}}");
        int before = it.cluster.log().size();
        it.handle(new Request(
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
        assertThat(it.cluster.log()).hasSize(before);
        assertThat(it.at(CONFIG_MAP, "x", "data.k")).isEqualTo("w");
    }

    @Test
    void aTruncatedEventKeepsItsLevelAndLosesItsBodies() throws JsonProcessingException {
        it.create(CONFIG_MAP, "x", "{data: {k: v}}");
        it.handle(new Request(
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
        JsonNode event = it.lastEvent();
        assertThat(event.path("level").asText()).isEqualTo("RequestResponse");
        assertThat(event.has("requestObject")).isFalse();
        assertThat(event.has("responseObject")).isFalse();
        assertThat(event.at("/annotations/audit.k8s.io~1truncated").asText()).isEqualTo("true");
    }

    @Test
    void aTimeoutMayHaveBeenStored() {
        it.create(CONFIG_MAP, "x", "{data: {k: v}}");
        for (boolean stored : new boolean[] {false, true}) {
            Reply reply = it.handle(new Request(
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
            assertThat(it.at(CONFIG_MAP, "x", "data.k")).isEqualTo(stored ? "w" : "v");
        }
    }

    @Test
    void aRestoredStoreHandsOutItsVersionsAgain() {
        it.create(CONFIG_MAP, "x", "{data: {k: v}}");
        String version = version(it.held(CONFIG_MAP, "x"));
        it.cluster.snapshot();
        for (int i = 0; i < 20; i++) {
            it.merge(CONFIG_MAP, "x", "", "{data: {k: w" + i + "}}");
        }
        it.cluster.restore();
        assertThat(it.at(CONFIG_MAP, "x", "data.k")).isEqualTo("v");
        assertThat(version(it.held(CONFIG_MAP, "x"))).isEqualTo(version);
    }

    @Test
    void eachLevelWritesWhatItMay() throws JsonProcessingException {
        for (AuditLevel level : AuditLevel.values()) {
            ScenarioCluster leveled = new ScenarioCluster(level, new Admission(List.of()), 1);
            leveled.handle(
                    plain(ALICE, "create", null, CONFIG_MAP, "x", "", whole(CONFIG_MAP, "x", tree("{}"))),
                    Instant.EPOCH.plusSeconds(1));
            JsonNode event = JSON.readTree(new String(leveled.log().get(0), StandardCharsets.UTF_8));
            assertThat(event.path("level").asText()).isEqualTo(level.text());
            assertThat(event.has("requestObject")).isEqualTo(level != AuditLevel.METADATA);
            assertThat(event.has("responseObject")).isEqualTo(level == AuditLevel.REQUEST_RESPONSE);
        }
    }

    @Test
    void ampersandsAndAnglesAreEscapedAsGoDoes() {
        it.create(CONFIG_MAP, "x", "{data: {k: '<a&b>'}}");
        it.apply("x", "{data: {j: v}}", BOB, true);
        String create = new String(it.cluster.log().get(0), StandardCharsets.UTF_8);
        String apply = new String(it.cluster.log().get(1), StandardCharsets.UTF_8);
        assertThat(create).contains("\\u003ca\\u0026b\\u003e").doesNotContain("<");
        assertThat(apply).contains("?fieldManager=bobctl\\u0026force=true");
    }
}
