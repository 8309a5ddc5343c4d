package io.patchwar.ingest.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.ingest.Recordings;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.Outcome;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventEncoderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final EventEncoder encoder = new EventEncoder();

    static List<String> recordings() {
        return Recordings.names();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsBackAsTheSameEventWhateverWasRecorded(String name) throws IOException {
        long before = 0;
        long after = 0;
        int events = 0;
        for (byte[] line : Recordings.lines(name)) {
            List<AuditEvent> read = read(line);
            before += read.isEmpty() ? 0 : line.length;
            for (AuditEvent event : read) {
                after += checked(event).length;
                events++;
            }
        }
        System.out.printf(
                "%s: %d events, %d bytes of input with events, %d bytes encoded%n", name, events, before, after);
        assertThat(events).isPositive();
        assertThat(after).isLessThan(before);
    }

    /** Each byte of these was once the start of a bug: names, agents and bodies that only a hostile client sends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"userAgent\":\"kube-controller-manager/v1.28.14 (linux/amd64) kubernetes/a4ef1a6/system:serviceaccount:kube-system:replicaset-controller\"",
                "\"userAgent\":\"kube-controller-manager/v1 (l) kubernetes/a/leader-election\",\"user\":{\"username\":\"u\",\"extra\":{\"authentication.kubernetes.io/pod-name\":[\"p-1\"]}}",
                "\"userAgent\":\"kube-controller-manager/v1 (l) kubernetes/a/x/y\",\"user\":{\"username\":\"u\",\"extra\":{\"authentication.kubernetes.io/pod-name\":[\"p-1\"]}}",
                "\"userAgent\":\"manager/v0\",\"user\":{\"username\":\"u\",\"extra\":{\"authentication.kubernetes.io/pod-name\":[\"p-1\"]}}",
                "\"user\":{\"username\":\"u\",\"extra\":{\"authentication.kubernetes.io/pod-name\":[\"p-1\"]}}",
                "\"requestURI\":\"/api/v1/x?fieldManager=kube-controller-manager\",\"userAgent\":\"a kubernetes/b/c:d\",\"user\":{\"username\":\"u\",\"extra\":{\"authentication.kubernetes.io/pod-name\":[\"p-1\"]}}",
                "\"requestURI\":\"/api/v1/x?fieldManager=kubectl-edit\",\"userAgent\":\"kubectl/v1\",\"user\":{\"username\":\"u\",\"extra\":{\"authentication.kubernetes.io/pod-name\":[\"p-1\"]}}",
                "\"requestURI\":\"/api/v1/x?fieldManager=a%20b&force=true\"",
                "\"user\":{},\"impersonatedUser\":{\"username\":\"eve\"}",
                "\"userAgent\":\"\\ud800\\u0000\\\"\\\\\\u001b[31m\\u2028é\"",
                "\"responseObject\":{\"kind\":\"Status\",\"details\":{\"uid\":\"u-1\"}},\"responseStatus\":{\"code\":200,\"details\":{\"uid\":\"u-2\"}}",
                "\"responseObject\":{\"kind\":\"Status\",\"details\":{\"uid\":\"u-1\"}},\"responseStatus\":{\"code\":200,\"details\":{\"uid\" \"u-2\"}}",
                "\"responseObject\":{\"kind\":\"Status\",\"details\":{\"uid\":\"\"}},\"responseStatus\":{\"code\":200,\"details\":{\"uid\":\"u-2\"}}",
                "\"responseObject\":{\"kind\":\"Widget\",\"metadata\":{\"uid\":\"\"}},\"responseStatus\":{\"code\":200,\"details\":{\"uid\":\"u-2\"}}",
                "\"responseObject\":{\"kind\":\"Status\",\"details\":{}},\"responseStatus\":{\"code\":200,\"details\":{\"uid\":\"u-2\"}}",
                "\"stage\":\"Panic\",\"responseStatus\":{\"code\":500,\"reason\":\"InternalError\"}",
                "\"stage\":\"Panic\"",
                "\"responseStatus\":{\"code\":200,\"message\":\"Connection closed early\"}",
                "\"responseStatus\":{\"code\":504,\"reason\":\"Timeout\"}",
                "\"responseStatus\":null",
                "\"responseStatus\":{}",
                "\"annotations\":{\"audit.k8s.io/truncated\":\"true\",\"mutation.webhook.admission.k8s.io/round_0_index_1\":\"{\\\"webhook\\\":\\\"a.b.c\\\",\\\"mutated\\\":true}\"}",
                "\"requestObject\":[{\"op\":\"replace\",\"path\":\"/metadata/managedFields\",\"value\":[{}]}]",
                "\"requestObject\":{\"metadata\":{\"managedFields\":null},\"a\":{\"metadata\":{\"managedFields\":[1]}}}",
                "\"requestObject\":{\"metadata\":{\"managedFields\":[{\"x\":\"}\"}],\"name\":\"n\"},\"metadata\":{\"managedFields\":[]}}",
                "\"requestObject\":{\"metadata\":{\"managedFields\":[1],\"broken\" 1}}",
                "\"responseObject\":\"skipped-too-big-size-object\"",
                "\"responseObject\":{\"kind\":\"Status\",\"details\":{\"uid\":\"u-1\"}}",
                "\"responseObject\":{\"kind\":\"Widget\",\"metadata\":{\"name\":\"n\",\"uid\":\"u-2\",\"resourceVersion\":\"77\",\"managedFields\":[{\"manager\":\"m\"}]}}",
                "\"responseObject\":{\"metadata\":{\"resourceVersion\":\"not-a-number\"}}",
                "\"requestReceivedTimestamp\":\"2026-11-23T08:44:50.123456789Z\"",
                "\"stageTimestamp\":\"2026-11-23T08:44:50Z\"",
                "\"auditID\":\"\\u00e9\\u4e2d\\ud83d\\ude00\""
            })
    void readsBackAsTheSameEventWhateverAClientSends(String members) {
        for (String line : List.of(
                line("create", members),
                line("update", members),
                line("patch", members),
                line("delete", members),
                line("delete", members).replace("\"uid\":\"claimed\",", ""))) {
            List<AuditEvent> events = read(line.getBytes(StandardCharsets.UTF_8));
            assertThat(events).as(line).hasSize(1);
            checked(events.get(0));
        }
    }

    /** Damage leaves events that contradict themselves, or whose bodies are no JSON within their brackets: they are events all the same. */
    @Test
    void readsBackAsTheSameEventWhateverBytesAreDamaged() {
        long seed = Long.getLong("patchwar.damage.seed", System.nanoTime());
        int damaged = Integer.getInteger("patchwar.damage.lines", 3_000);
        System.out.printf("-Dpatchwar.damage.seed=%d -Dpatchwar.damage.lines=%d%n", seed, damaged);
        Random random = new Random(seed);
        List<byte[]> lines = new ArrayList<>(Recordings.lines("scenarios"));
        lines.addAll(Recordings.lines("metallb-chisel"));
        int events = 0;
        for (int i = 0; i < damaged; i++) {
            byte[] line = lines.get(random.nextInt(lines.size())).clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            }
            for (AuditEvent event : read(line)) {
                checked(event);
                events++;
            }
        }
        assertThat(events).isGreaterThan(damaged / 20);
    }

    @Test
    void keepsTheDeletionsOfACollectionApart() {
        AuditEvent all = read(line(
                                "deletecollection",
                                "\"requestURI\":\"/api/v1/x?fieldManager=m\",\"responseObject\":{\"items\":[]}")
                        .getBytes(StandardCharsets.UTF_8))
                .get(0);
        AuditEvent one = all.deletionOf(new io.patchwar.model.ObjectRef("c", "", "services", "ns", "web"), "u-1");

        checked(one);
        assertThat(read(encoder.encode(one)).get(0).fieldManager()).isEqualTo("m");
    }

    private static String line(String verb, String members) {
        StringBuilder line = new StringBuilder("{\"kind\":\"Event\",\"verb\":\"" + verb + "\"");
        defaultMember(line, members, "stage", "\"ResponseComplete\"");
        defaultMember(line, members, "auditID", "\"id-1\"");
        defaultMember(line, members, "requestURI", "\"/api/v1/x\"");
        defaultMember(line, members, "user", "{\"username\":\"system:serviceaccount:a:b\"}");
        defaultMember(line, members, "userAgent", "\"manager/v1 (linux)\"");
        defaultMember(line, members, "responseStatus", "{\"metadata\":{},\"code\":200}");
        defaultMember(line, members, "requestReceivedTimestamp", "\"2026-11-23T08:44:50.100000Z\"");
        defaultMember(line, members, "stageTimestamp", "\"2026-11-23T08:44:50.200000Z\"");
        return line
                + ",\"objectRef\":{\"resource\":\"services\",\"namespace\":\"ns\",\"name\":\"n\",\"uid\":\"claimed\",\"resourceVersion\":\"5\"},"
                + members + "}";
    }

    private static void defaultMember(StringBuilder line, String members, String name, String value) {
        if (!members.contains("\"" + name + "\":")) {
            line.append(",\"").append(name).append("\":").append(value);
        }
    }

    private byte[] checked(AuditEvent event) {
        byte[] encoded = encoder.encode(event);
        List<AuditEvent> again = read(encoded, event.source());
        assertThat(again).as("%s", event).hasSize(1);
        boolean json = isJson(event.request()) && isJson(event.response());
        assertThat(normal(again.get(0), json)).isEqualTo(normal(event, json));
        assertThat(encoder.encode(again.get(0))).isEqualTo(encoded);
        return encoded;
    }

    private static boolean isJson(@Nullable Slice body) {
        try {
            return body == null || !JSON.readTree(body.copy()).isMissingNode();
        } catch (IOException e) {
            return false;
        }
    }

    /** Without managedFields, which do not travel; and a status where the cloud gave only a code. */
    private static AuditEvent normal(AuditEvent e, boolean json) {
        return new AuditEvent(
                e.auditID(),
                e.received(),
                e.time(),
                e.uri(),
                e.verb(),
                e.actor(),
                e.fieldManager(),
                e.force(),
                e.object(),
                e.subresource(),
                e.uid(),
                e.baseVersion(),
                e.version(),
                e.code(),
                e.reason(),
                e.message(),
                e.status() == null && e.code() != 0 ? synthesised(e) : e.status(),
                withoutManagedFields(e.request(), json),
                withoutManagedFields(e.response(), json),
                e.replyBytes(),
                e.truncated(),
                e.admission(),
                e.source(),
                e.outcome());
    }

    private static Slice synthesised(AuditEvent e) {
        ObjectNode status = JSON.createObjectNode().put("code", e.code());
        if (!e.reason().isEmpty()) {
            status.put("reason", e.reason());
        }
        if (!e.message().isEmpty()) {
            status.put("message", e.message());
        }
        return Slice.of(status.toString());
    }

    private static @Nullable Slice withoutManagedFields(@Nullable Slice body, boolean json) {
        if (body == null || !body.raw().contains("managedFields")) {
            return body;
        }
        if (!json) {
            return withoutManagedFieldsAsText(body);
        }
        try {
            JsonNode tree = JSON.readTree(body.raw());
            if (tree.path("metadata") instanceof ObjectNode metadata && metadata.has("managedFields")) {
                metadata.putArray("managedFields");
                return Slice.of(JSON.writeValueAsBytes(tree));
            }
            return Slice.of(JSON.writeValueAsBytes(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In what is no JSON nobody can say which of them are the object's own: wherever they stand, they are not compared. */
    private static Slice withoutManagedFieldsAsText(Slice body) {
        byte[] b = body.copy();
        byte[] name = "\"managedFields\":".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < b.length; i++) {
            out.write(b[i]);
            if (i + 1 >= name.length && Arrays.equals(b, i + 1 - name.length, i + 1, name, 0, name.length)) {
                int from = JsonScan.skipSpace(b, i + 1, b.length);
                try {
                    i = JsonScan.endOf(b, from, b.length) - 1;
                    out.writeBytes(new byte[] {'[', ']'});
                } catch (MalformedJsonException e) {
                    out.write(b, i + 1, from - i - 1);
                    i = from - 1;
                }
            }
        }
        return Slice.of(out.toByteArray());
    }

    private static List<AuditEvent> read(byte[] document) {
        return read(document, "");
    }

    private static List<AuditEvent> read(byte[] document, String source) {
        List<AuditEvent> events = new ArrayList<>();
        new AuditReader("c", Scope.DEFAULT).read(document, 0, document.length, source, new AuditSink() {
            @Override
            public void accepted(AuditEvent event) {
                events.add(event);
            }

            @Override
            public void skipped(SkipReason reason) {}

            @Override
            public void rejected(RejectReason reason, String detail) {}
        });
        assertThat(events).allMatch(e -> e.outcome() != Outcome.ACCEPTED || e.code() >= 200);
        return events;
    }
}
