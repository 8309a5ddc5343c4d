package io.patchwar.model.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.envelope.Envelope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every envelope of the fact sheet's section 5, shaped as its sender shapes it. */
class EnvelopesTest {
    private static final String EVENT = new Line().toString();
    private static final String READ = new Line().with("verb", "\"get\"").toString();

    private static String quoted(String json) {
        return "\"" + json.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** One event, with all it says, out of these envelopes. */
    private static AuditEvent opened(String document, Envelope... envelopes) {
        Records records = Records.of(document);
        assertThat(records.records).containsExactly("id");
        assertThat(records.envelopes).containsExactlyInAnyOrder(envelopes);
        assertThat(records.events.get(0).object()).isEqualTo(new ObjectRef("c1", "", "services", "shop", "web"));
        return records.events.get(0);
    }

    @Test
    void opensTheListThatTheWebhookPosts() {
        // Its items have no kind of their own.
        String item = new Line().without("kind", "apiVersion").toString();
        String list = "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[" + item
                + "," + READ + "]}";
        Records records = Records.of(list);
        assertThat(records.records).containsExactly("id", "read");
        assertThat(records.envelopes).containsExactly(Envelope.EVENT_LIST);
    }

    @Test
    void opensAnArray() {
        assertThat(Records.of("[" + EVENT + "," + READ + ",{\"kind\":\"Pod\"}]").records)
                .containsExactly("id", "read", "not-audit");
        assertThat(Records.of("[]").records).isEmpty();
    }

    @Test
    void opensASubscriptionRecordOfEks() throws Exception {
        String record = "{\"messageType\":\"DATA_MESSAGE\",\"logGroup\":\"/aws/eks/c1/cluster\","
                + "\"logStream\":\"kube-apiserver-audit-ab12\",\"logEvents\":[{\"id\":\"1\",\"timestamp\":1780000000000,\"message\":"
                + quoted(EVENT + "\n") + "}]}";
        assertThat(opened(record, Envelope.EKS).source()).isEqualTo("kube-apiserver-audit-ab12");
        String lambda = "{\"awslogs\":{\"data\":\"" + Base64.getEncoder().encodeToString(gzip(record)) + "\"}}";
        assertThat(opened(lambda, Envelope.EKS, Envelope.GZIP, Envelope.EKS).source())
                .isEqualTo("kube-apiserver-audit-ab12");
    }

    @Test
    void readsCompressedRecordsThatFollowEachOtherWithoutALineEnd() throws Exception {
        Records records = Records.of(gzip(EVENT + READ + "\n" + EVENT));
        assertThat(records.records).containsExactly("id", "read", "id");
    }

    @Test
    void skipsWhatEksSendsBesides() {
        assertThat(Records.of(
                                "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[{\"message\":\"CWL CONTROL MESSAGE\"}]}")
                        .records)
                .containsExactly("no-event");
        assertThat(Records.of("{\"logStream\":\"authenticator-1\",\"logEvents\":[{\"message\":\"hello\"}]}").records)
                .containsExactly("no-event");
    }

    @Test
    void rejectsAMessageThatEksCut() {
        String message = EVENT.substring(0, 400) + "[Truncated...]";
        assertThat(Records.of("{\"logStream\":\"kube-apiserver-audit-1\",\"logEvents\":[{\"message\":" + quoted(message)
                                + "}]}")
                        .records)
                .hasSize(1)
                .allMatch(record -> record.equals("cut-off") || record.equals("not-json"));
    }

    @Test
    void readsAnEntryOfGke() {
        String entry = "{\"insertId\":\"id\",\"timestamp\":\"2026-01-01T00:00:00.123456Z\","
                + "\"labels\":{\"authorization.k8s.io/decision\":\"allow\"},"
                + "\"protoPayload\":{\"@type\":\"type.googleapis.com/google.cloud.audit.AuditLog\",\"serviceName\":\"k8s.io\","
                + "\"methodName\":\"io.k8s.core.v1.services.update\",\"resourceName\":\"core/v1/namespaces/shop/services/web\","
                + "\"authenticationInfo\":{\"principalEmail\":\"system:serviceaccount:ns:sa\"},"
                + "\"requestMetadata\":{\"callerSuppliedUserAgent\":\"manager/v1\"},"
                + "\"request\":{\"@type\":\"core.k8s.io/v1.Service\"},"
                + "\"response\":{\"@type\":\"core.k8s.io/v1.Service\",\"metadata\":{\"resourceVersion\":\"7\"}},\"status\":{\"code\":0}}}";
        AuditEvent event = opened(entry, Envelope.GKE);
        assertThat(event.verb()).isEqualTo(Verb.UPDATE);
        assertThat(event.version()).isEqualTo("7");
        assertThat(event.code()).isEqualTo(200);
        assertThat(event.actor().account()).isEqualTo("system:serviceaccount:ns:sa");
        assertThat(event.actor().program()).isEqualTo("manager");
        assertThat(Records.of(entry.replace("\"k8s.io\"", "\"container.googleapis.com\"")).records)
                .containsExactly("no-event");
        assertThat(Records.of(entry.replace(
                                "authorization.k8s.io/decision\":\"allow", "command.gke.io/dryRun\":\"true"))
                        .records)
                .containsExactly("dry-run");
        assertThat(Records.event(entry.replace("\"code\":0", "\"code\":7")).outcome())
                .isEqualTo(Outcome.REJECTED);
        assertThat(Records.event(entry.replace("services.update", "namespaces.patch")
                                .replace("namespaces/shop/services/web", "namespaces/shop"))
                        .object())
                .isEqualTo(new ObjectRef("c1", "", "namespaces", "", "shop"));
    }

    @Test
    void opensTheRecordsOfAks() {
        String record = "{\"time\":\"2025-10-07T16:19:19Z\",\"category\":\"kube-audit\",\"properties\":{\"log\":"
                + quoted(EVENT) + ",\"stream\":\"stdout\",\"pod\":\"kube-apiserver-869d\"}}";
        assertThat(opened("{\"records\":[" + record + "]}", Envelope.AKS).source())
                .isEqualTo("kube-apiserver-869d");
        assertThat(opened(record, Envelope.AKS).source()).isEqualTo("kube-apiserver-869d");
        assertThat(Records.of("{\"records\":[" + record.replace("kube-audit", "kube-scheduler") + "]}").records)
                .containsExactly("no-event");
    }

    @Test
    void readsWhatTheForwarderOfOpenShiftMerges() {
        String merged = new Line()
                .with("level", "\"default\"")
                .with("@timestamp", "\"2023-10-18T17:32:47.415928452Z\"")
                .with("timestamp", "\"2023-10-18T17:32:47.415928452Z\"")
                .with("hostname", "\"node-1\"")
                .with("k8s_audit_level", "\"Metadata\"")
                .with("openshift", "{\"cluster_id\":\"b8af\",\"sequence\":1}")
                .toString();
        assertThat(opened(merged).time()).hasToString("2026-11-23T08:44:50.543879Z");
    }

    @Test
    void opensWhatShippersWrap() {
        opened("{\"@timestamp\":1780000000.123,\"log\":" + quoted(EVENT + "\n") + "}", Envelope.SHIPPER);
        assertThat(opened(
                                "{\"file\":\"audit.log\",\"host\":\"node-1\",\"message\":" + quoted(EVENT)
                                        + ",\"source_type\":\"file\",\"timestamp\":\"2026-11-23T08:44:51Z\"}",
                                Envelope.SHIPPER)
                        .source())
                .isEqualTo("node-1");
        assertThat(opened(
                                "{\"@timestamp\":\"x\",\"message\":" + quoted(EVENT)
                                        + ",\"log\":{\"file\":{\"path\":\"/a\"},\"offset\":0},\"host\":{\"name\":\"node-2\"}}",
                                Envelope.SHIPPER)
                        .source())
                .isEqualTo("node-2");
        opened("{\"@version\":\"1\",\"event\":{\"original\":" + quoted(EVENT) + "}}", Envelope.SHIPPER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes_audit", "audit", "structured", "json", "_source"})
    void opensAnEventThatIsNested(String field) {
        opened("{\"@timestamp\":\"x\",\"" + field + "\":" + EVENT + "}", Envelope.NESTED);
    }

    @Test
    void opensAnEventThatIsNestedTwice() {
        opened("{\"kubernetes\":{\"audit\":" + EVENT + "}}", Envelope.NESTED);
        opened("{\"_source\":{\"kubernetes\":{\"audit\":" + EVENT + "}}}", Envelope.NESTED, Envelope.NESTED);
    }

    @Test
    void opensAPushToLoki() {
        assertThat(opened(
                                "{\"streams\":[{\"stream\":{\"node_name\":\"node-1\"},\"values\":[[\"1780000000000000000\","
                                        + quoted(EVENT) + "]]}]}",
                                Envelope.LOKI)
                        .source())
                .isEqualTo("node-1");
    }

    @Test
    void opensOpenTelemetryRecords() {
        opened(
                "{\"resourceLogs\":[{\"resource\":{\"attributes\":[]},\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\",\"body\":"
                        + "{\"stringValue\":" + quoted(EVENT) + "}}]}]}]}",
                Envelope.OTLP);
    }

    @Test
    void readsAContainerRuntimesLine() {
        opened("2026-11-23T08:00:00.000000000Z stdout F " + EVENT, Envelope.CRI);
        opened("2026-11-23T08:00:00.000000000+01:00 stderr F " + EVENT, Envelope.CRI);
        assertThat(Records.of("2026-11-23T08:00:00.000000000Z stdout F I1123 08:00:00 started").records)
                .containsExactly("no-event");
    }

    @Test
    void joinsAContainerRuntimesFragments() {
        String head = "2026-11-23T08:00:00.000000000Z stdout ";
        Records records = Records.of(
                head + "P " + EVENT.substring(0, 100),
                head + "P " + EVENT.substring(100, 300),
                head + "F " + EVENT.substring(300),
                head + "F " + READ);
        assertThat(records.records).containsExactly("id", "read");
        assertThat(Records.of(head + "P " + EVENT.substring(0, 100)).records).containsExactly("cut-off");
    }

    @Test
    void readsWhatStandsBehindAHostNameOrASyslogHead() {
        assertThat(opened("node-1 " + EVENT, Envelope.PREFIXED).source()).isEqualTo("node-1");
        assertThat(opened("Nov 23 08:00:00 node-1 audit: " + EVENT, Envelope.PREFIXED)
                        .source())
                .isEqualTo("outer");
        assertThat(Records.of("x".repeat(600) + EVENT).records).containsExactly("not-json");
    }

    @Test
    void opensFourLayersAndNoMore() {
        String layered = EVENT;
        for (int i = 0; i < 4; i++) {
            layered = "{\"json\":" + layered + "}";
        }
        opened(layered, Envelope.NESTED, Envelope.NESTED, Envelope.NESTED, Envelope.NESTED);
        assertThat(Records.of("{\"json\":" + layered + "}").records).containsExactly("too-deep");
    }

    @Test
    void rejectsABombAndWhatOnlyBeginsAsGzip() throws Exception {
        assertThat(Records.of(new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3}).records)
                .containsExactly("not-json");
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 65; i++) {
                out.write(zeros);
            }
        }
        assertThat(Records.of(bomb.toByteArray()).records).containsExactly("not-json");
    }

    @Test
    void rejectsTheRestOfAnEnvelopeThatIsCut() {
        assertThat(Records.of("{\"kind\":\"EventList\",\"items\":[" + READ + "," + EVENT.substring(0, 200)).records)
                .isNotEmpty()
                .endsWith("cut-off");
    }
}
