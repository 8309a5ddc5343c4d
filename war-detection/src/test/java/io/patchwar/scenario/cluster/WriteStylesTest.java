package io.patchwar.scenario.cluster;

import static io.patchwar.scenario.cluster.ClusterUnderTest.ALICE;
import static io.patchwar.scenario.cluster.ClusterUnderTest.BOB;
import static io.patchwar.scenario.cluster.ClusterUnderTest.CONFIG_MAP;
import static io.patchwar.scenario.cluster.ClusterUnderTest.DEPLOYMENT;
import static io.patchwar.scenario.cluster.ClusterUnderTest.JSON;
import static io.patchwar.scenario.cluster.ClusterUnderTest.WIDGET;
import static io.patchwar.scenario.cluster.ClusterUnderTest.node;
import static io.patchwar.scenario.cluster.ClusterUnderTest.tree;
import static io.patchwar.scenario.cluster.ClusterUnderTest.version;
import static io.patchwar.scenario.cluster.ClusterUnderTest.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** What patches of each kind do, who owns an applied field, and what admission makes of a write. */
class WriteStylesTest {
    private final ClusterUnderTest it = new ClusterUnderTest();

    @Test
    void aStrategicPatchMergesItemsByKeyAndAMergePatchReplacesTheList() {
        String two = "{spec: {template: {spec: {containers: [{name: a, image: a1}, {name: b, image: b1}]}}}}";
        it.create(DEPLOYMENT, "x", two);
        String one = "{spec: {template: {spec: {containers: [{name: b, image: b2}]}}}}";
        it.patch(WriteStyle.STRATEGIC, DEPLOYMENT, "x", tree(one), ALICE, false);
        assertThat(it.at(DEPLOYMENT, "x", "spec.template.spec.containers[name=a].image"))
                .isEqualTo("a1");
        assertThat(it.at(DEPLOYMENT, "x", "spec.template.spec.containers[name=b].image"))
                .isEqualTo("b2");
        it.merge(DEPLOYMENT, "x", "", one);
        assertThat(it.at(DEPLOYMENT, "x", "spec.template.spec.containers[name=a].image"))
                .isNull();
    }

    @Test
    void aStrategicPatchRemovesItemsAndMembersByDirective() {
        it.create(
                DEPLOYMENT,
                "x",
                "{metadata: {finalizers: [f/a, f/b]}, spec: {template: {spec: {containers: [{name: a}, {name: b}]}}}}");
        it.patch(
                WriteStyle.STRATEGIC,
                DEPLOYMENT,
                "x",
                tree("{metadata: {$deleteFromPrimitiveList/finalizers: [f/a]},"
                        + " spec: {template: {spec: {containers: [{name: a, $patch: delete}]}}}}"),
                ALICE,
                false);
        assertThat(it.held(DEPLOYMENT, "x").path("metadata").path("finalizers").toString())
                .isEqualTo("[\"f/b\"]");
        assertThat(it.held(DEPLOYMENT, "x").at("/spec/template/spec/containers").size())
                .isEqualTo(1);
    }

    @Test
    void aStrategicPatchOfACustomResourceIsRefused() {
        it.create(WIDGET, "x", "{spec: {replicas: 1}}");
        assertThat(it.patch(WriteStyle.STRATEGIC, WIDGET, "x", tree("{spec: {replicas: 2}}"), ALICE, false)
                        .code())
                .isEqualTo(415);
    }

    @Test
    void aJsonPatchThatDoesNotFitIsRefused() {
        it.create(CONFIG_MAP, "x", "{data: {k: v}}");
        Reply reply = it.patch(
                WriteStyle.JSON_PATCH,
                CONFIG_MAP,
                "x",
                node("[{op: test, path: /data/k, value: other}, {op: remove, path: /data/k}]"),
                ALICE,
                false);
        assertThat(reply.code()).isEqualTo(422);
        assertThat(it.at(CONFIG_MAP, "x", "data.k")).isEqualTo("v");
    }

    @Test
    void anApplyOverAnothersFieldIsRefusedAndNamesRivalAndField() {
        it.create(CONFIG_MAP, "x", "{data: {k: v}}");
        Reply reply = it.apply("x", "{data: {k: w}}", BOB, false);
        assertThat(reply.code()).isEqualTo(409);
        JsonNode cause = reply.body().path("details").path("causes").path(0);
        assertThat(cause.path("reason").asText()).isEqualTo("FieldManagerConflict");
        assertThat(cause.path("field").asText()).isEqualTo(".data.k");
        assertThat(cause.path("message").asText()).isEqualTo("conflict with \"kubectl\" using v1");
        assertThat(it.apply("x", "{data: {k: v}}", BOB, false).code()).isEqualTo(200);
        assertThat(it.apply("x", "{data: {k: w}}", BOB, true).code()).isEqualTo(200);
        assertThat(it.at(CONFIG_MAP, "x", "data.k")).isEqualTo("w");
        assertThat(it.apply("x", "{data: {k: u}}", BOB, false).code()).isEqualTo(200);
    }

    @Test
    void anApplyRemovesWhatItLeavesOutUnlessAnotherOwnsItToo() {
        it.apply("x", "{data: {mine: a, shared: b}}", BOB, false);
        it.apply("x", "{data: {shared: b}}", ALICE, false);
        it.apply("x", "{data: {other: c}}", BOB, false);
        assertThat(it.held(CONFIG_MAP, "x").path("data").toString()).isEqualTo("{\"shared\":\"b\",\"other\":\"c\"}");
    }

    @Test
    void anApplyRemovesAListItemWithItsKey() {
        ObjectNode two = tree("{spec: {template: {spec: {containers: [{name: a, image: a1}, {name: b, image: b1}]}}}}");
        it.patch(WriteStyle.APPLY, DEPLOYMENT, "x", whole(DEPLOYMENT, "x", two), BOB, false);
        ObjectNode one = tree("{spec: {template: {spec: {containers: [{name: a, image: a1}]}}}}");
        it.patch(WriteStyle.APPLY, DEPLOYMENT, "x", whole(DEPLOYMENT, "x", one), BOB, false);
        assertThat(it.held(DEPLOYMENT, "x").at("/spec/template/spec/containers").findValuesAsText("name"))
                .containsExactly("a");
    }

    @Test
    void anApplyThatOnlyTakesCoOwnershipMovesTheVersion() {
        it.create(CONFIG_MAP, "x", "{data: {k: v}}");
        String version = version(it.held(CONFIG_MAP, "x"));
        String after = version(it.apply("x", "{data: {k: v}}", BOB, false).body());
        assertThat(after).isNotEqualTo(version);
        assertThat(version(it.apply("x", "{data: {k: v}}", BOB, false).body())).isEqualTo(after);
    }

    @Test
    void aRewriteIsSeenInTheReplyAndInTheAnnotationsAndMovesNothing() throws JsonProcessingException {
        it.create(CONFIG_MAP, "gold", "{metadata: {labels: {tier: gold}}}");
        String version = version(it.held(CONFIG_MAP, "gold"));
        Reply reply = it.merge(CONFIG_MAP, "gold", "", "{metadata: {labels: {tier: silver}}}");
        assertThat(reply.body().at("/metadata/labels/tier").asText()).isEqualTo("gold");
        assertThat(version(reply.body())).isEqualTo(version);
        JsonNode event = it.lastEvent();
        assertThat(event.path("requestObject").at("/metadata/labels/tier").asText())
                .isEqualTo("silver");
        String patch = event.path("annotations")
                .path("patch.webhook.admission.k8s.io/round_0_index_0")
                .asText();
        assertThat(JSON.readTree(patch).at("/patch/0/path").asText()).isEqualTo("/metadata/labels/tier");
    }

    @Test
    void aDenialConcernsWhomAndWhatItNames() {
        it.create(CONFIG_MAP, "frozen", "{data: {k: v}}");
        assertThat(it.patch(WriteStyle.MERGE, CONFIG_MAP, "frozen", tree("{data: {k: w}}"), BOB, false)
                        .code())
                .isEqualTo(422);
        assertThat(it.patch(WriteStyle.MERGE, CONFIG_MAP, "frozen", tree("{data: {j: w}}"), BOB, false)
                        .code())
                .isEqualTo(200);
        assertThat(it.merge(CONFIG_MAP, "frozen", "", "{data: {k: w}}").code()).isEqualTo(200);
    }

    @Test
    void aBuiltInsQuantitiesAreCanonicalInTheRecordedPutAndInTheStore() throws JsonProcessingException {
        it.create(
                DEPLOYMENT,
                "x",
                "{spec: {template: {spec: {containers: [{name: a, resources: {limits: {memory: 2048Mi, cpu: 1000m}}}]}}}}");
        String limits = "/spec/template/spec/containers/0/resources/limits";
        assertThat(it.held(DEPLOYMENT, "x").at(limits).toString()).isEqualTo("{\"memory\":\"2Gi\",\"cpu\":\"1\"}");
        assertThat(it.lastEvent().path("requestObject").at(limits).toString())
                .isEqualTo("{\"memory\":\"2Gi\",\"cpu\":\"1\"}");
        assertThat(Defaulting.canonical("1536Mi")).isEqualTo("1536Mi");
        assertThat(Defaulting.canonical("100m")).isEqualTo("100m");
    }
}
