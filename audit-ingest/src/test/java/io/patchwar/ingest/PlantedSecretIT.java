package io.patchwar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.broker.InProcessBroker;
import io.patchwar.ingest.config.IngestSettings;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.ingest.spool.Spool;
import io.patchwar.ingest.spool.SpoolConfig;
import io.patchwar.model.War;
import io.patchwar.model.wire.TopicName;
import io.patchwar.service.health.Health;
import io.patchwar.service.metrics.Metrics;
import io.patchwar.settings.Environment;
import io.patchwar.watch.Findings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are planted wherever a client can put them; afterwards nothing that ingest wrote anywhere holds a piece of one. */
class PlantedSecretIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Two values at war; characters that JSON must escape among them, and no eight bytes that stand anywhere else. */
    private static final List<String> PLANTED = List.of("Qz7\"kP\\v9/Xw3#Lm5\nRt8=Bn2é", "Wd4<Jf6&Hs1>Gy0~Kc9|Mv3^Zx7");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private int version = 1_000;

    @Test
    void leavesNoTraceOfASecretAndShowsTheWarOverIt() throws Exception {
        PrintStream console = System.out;
        PrintStream errors = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        List<OutRecord> produced;
        try (PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            produced = run();
        } finally {
            System.setOut(console);
            System.setErr(errors);
        }

        search("log", said.toByteArray());
        for (OutRecord record : produced) {
            search("record", record.value());
            search("key", record.key() == null ? new byte[0] : record.key());
        }
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                search(file.toString(), Files.readAllBytes(file));
            }
        }
        assertThat(produced)
                .filteredOn(r -> r.topic() == TopicName.DEAD_LETTERS)
                .isNotEmpty();
        Findings findings = IngestedWatch.watch(produced);
        assertThat(findings.wars())
                .filteredOn(war -> war.object().resource().equals("secrets"))
                .singleElement()
                .satisfies(war -> {
                    assertThat(war.fields()).contains("data.password");
                    assertThat(war.contenders()).hasSize(2);
                });
        assertThat(findings.wars())
                .extracting(War::object)
                .anyMatch(object -> object.resource().equals("widgets"));
    }

    /** Everything that was written: to the topics, and to the spool while Kafka was not there yet. */
    private List<OutRecord> run() throws Exception {
        InProcessBroker broker = InProcessBroker.over(folder.resolve("kafka"));
        broker.close();
        IngestSettings settings = settings(broker.bootstrap());
        try (Metrics metrics = new Metrics();
                IngestService service = IngestService.of(settings, metrics, new Health())) {
            service.start();
            for (String body : bodies()) {
                post(service, body);
            }
        }
        List<OutRecord> all = spooled(settings);
        assertThat(all).isNotEmpty();
        try (InProcessBroker there = InProcessBroker.start(broker.config());
                Metrics metrics = new Metrics();
                IngestService service = IngestService.of(settings, metrics, new Health())) {
            service.start();
            await().atMost(PATIENCE)
                    .until(() -> metrics.registry()
                                    .get(IngestMetrics.SPOOL_AGE)
                                    .gauge()
                                    .value()
                            == 0);
            post(service, "{\"items\":[" + refused(PLANTED.get(0)) + "]}");
            all.addAll(consumed(there.bootstrap()));
        }
        return all;
    }

    private static List<OutRecord> spooled(IngestSettings settings) throws IOException {
        List<OutRecord> all = new ArrayList<>();
        // A copy, as what is read is let go.
        Path copy = settings.data().resolveSibling("copy");
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(settings.data().resolve("spool"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        try (Spool spool = Spool.open(new SpoolConfig(copy, 1 << 30, false))) {
            List<OutRecord> next = spool.next(1 << 20);
            while (!next.isEmpty()) {
                all.addAll(next);
                spool.done();
                next = spool.next(1 << 20);
            }
        }
        return all;
    }

    private static List<OutRecord> consumed(String bootstrap) {
        List<OutRecord> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (TopicName topic : List.of(TopicName.AUDIT_EVENTS, TopicName.DEAD_LETTERS)) {
                List<TopicPartition> partitions = consumer.partitionsFor(topic.word()).stream()
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                await().atMost(PATIENCE).until(() -> {
                    for (ConsumerRecord<byte[], byte[]> r : consumer.poll(Duration.ofMillis(200))) {
                        boolean heartbeat = r.key() == null && topic == TopicName.AUDIT_EVENTS;
                        if (!heartbeat) {
                            all.add(new OutRecord(topic, r.key(), r.value(), "prod", "s", Instant.now()));
                        }
                    }
                    return partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p));
                });
            }
        }
        return all;
    }

    private List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            String value = PLANTED.get(round % 2);
            items.add(write(round, "secrets", "", "\"data\":{\"password\":" + json(base64(value)) + "}"));
            items.add(write(round, "widgets", "example.com", "\"spec\":{\"token\":" + json(value) + ",\"size\":1}"));
        }
        for (String value : PLANTED) {
            items.add(refused(value));
            items.add(event(
                    "secrets",
                    "",
                    "patch",
                    "[{\"op\":\"replace\",\"path\":\"/stringData/password\",\"value\":" + json(value) + "}]",
                    null,
                    "u"));
            items.add(
                    event("secrets", "", "patch", "{\"data\":{\"a\":" + json(base64(value)) + "} broken}", null, "u"));
            items.add(event(
                    "tokenreviews",
                    "things.io",
                    "create",
                    "{\"kind\":\"TokenReview\",\"spec\":{\"token\":" + json(value) + "}}",
                    null,
                    "u"));
            // Unreadable: the dead letter tells of them.
            items.add("{\"auditID\":\"x\",\"password\":" + json(value) + " broken}");
            items.add(json(value));
        }
        bodies.add("{\"kind\":\"EventList\",\"items\":[" + String.join(",", items) + "]}");
        for (String value : PLANTED) {
            bodies.add("not json " + value);
            bodies.add("{\"items\":[{\"auditID\":\"y\",\"objectRef\":{\"resource\":" + json(value));
            bodies.add("{\"kind\":\"Pod\",\"password\":" + json(value) + "}");
        }
        return bodies;
    }

    private String write(int round, String resource, String group, String values) {
        String applied = "{\"kind\":\"X\"," + values + "}";
        String object = "{\"kind\":\"" + (group.isEmpty() ? "Secret" : "Widget")
                + "\",\"metadata\":{\"name\":\"n\",\"namespace\":\"ns\",\"uid\":\"u1\",\"resourceVersion\":\""
                + version++ + "\",\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":"
                + json(applied)
                + "}}," + values + "}";
        return event(resource, group, "update", object, object, "system:serviceaccount:ns:writer-" + round % 2);
    }

    private String refused(String value) {
        String message = "Secret \"n\" is invalid: data[password]: Invalid value: \"" + value + "\"";
        return event("secrets", "", "patch", "{\"stringData\":{\"password\":" + json(value) + "}}", null, "u")
                .replace(
                        "\"responseStatus\":{\"code\":200}",
                        "\"responseStatus\":{\"status\":\"Failure\",\"message\":" + json(message)
                                + ",\"reason\":\"Invalid\",\"details\":{\"name\":\"n\",\"causes\":[{\"reason\":\"FieldValueInvalid\",\"message\":"
                                + json(message) + ",\"field\":\"data[password]\"}]},\"code\":422}");
    }

    private String event(String resource, String group, String verb, String request, String response, String account) {
        Instant time = Instant.parse("2026-11-24T05:00:00Z").plusSeconds(version);
        return "{\"level\":\"RequestResponse\",\"auditID\":\"id-" + version++
                + "\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/x?fieldManager=m\",\"verb\":\"" + verb
                + "\",\"user\":{\"username\":\"" + account + "\"},\"objectRef\":{\"resource\":\"" + resource
                + "\",\"namespace\":\"ns\",\"name\":\"n\",\"apiGroup\":\"" + group
                + "\"},\"responseStatus\":{\"code\":200},\"requestObject\":" + request
                + (response == null ? "" : ",\"responseObject\":" + response)
                + ",\"requestReceivedTimestamp\":\"" + time + "\",\"stageTimestamp\":\"" + time
                + "\",\"annotations\":{\"patch.webhook.admission.k8s.io/round_0_index_0\":"
                + json("{\"webhook\":\"w\",\"patch\":[{\"op\":\"add\",\"path\":\"/data/x\",\"value\":\""
                        + base64(PLANTED.get(0)) + "\"}," + json(PLANTED.get(1)) + "]}")
                + "}}";
    }

    private void post(IngestService service, String body) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.webhookPort() + "/audit/prod"))
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        search("answer", answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static String json(String text) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private IngestSettings settings(String bootstrap) throws Exception {
        String yaml = """
                data: %s
                digestKeyFile: %s
                http: {listen: "127.0.0.1:0"}
                kafka: {bootstrap: "%s", topics: {replicas: 1, partitions: 1}}
                webhook: {listen: "127.0.0.1:0"}
                scope: {excludedGroups: [none], excludedResources: [none]}
                redaction: {fields: [{resources: widgets.example.com, fields: [spec.token]}]}
                """.formatted(
                        folder.resolve("data"),
                        Files.writeString(folder.resolve("digest.key"), "a key that only tests have"),
                        bootstrap);
        return IngestSettings.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), Environment.NONE);
    }

    /** Looks for every form of every secret, and for each eight bytes of it. */
    private static void search(String where, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String piece : PIECES) {
            assertThat(text.contains(piece)).as("%s holds %s", where, piece).isFalse();
        }
    }

    private static final Set<String> PIECES = pieces();

    private static Set<String> pieces() {
        Set<String> pieces = new LinkedHashSet<>();
        for (String value : PLANTED) {
            String escaped = json(value).substring(1, json(value).length() - 1);
            String twice = json(escaped).substring(1, json(escaped).length() - 1);
            for (String form :
                    List.of(value, base64(value), escaped, twice, base64(value).replace("=", "\\u003d"))) {
                String bytes = new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                for (int i = 0; i + 8 <= bytes.length(); i++) {
                    pieces.add(bytes.substring(i, i + 8));
                }
            }
        }
        return pieces;
    }
}
