package io.patchwar.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.NotDurableException.Reason;
import io.patchwar.ingest.redact.Redaction;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.wire.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final Origin FILE = Origin.kept("prod", "node-1", true);

    private final CollectedRecords records = new CollectedRecords();

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T06:05:00.000000Z, 2026-11-24T06:05:00.000000Z, 0",
        "2026-11-24T06:05:00.000001Z, 2026-11-24T06:00:00.000000Z, 1"
    })
    void setsBackAStampThatIsMoreThanFiveMinutesAhead(String stamp, String written, int clamped) throws IOException {
        feed(records.pipeline(), event("update", "\"stageTimestamp\":\"" + stamp + "\""));

        assertThat(value(0).path("stageTimestamp").asText()).isEqualTo(written);
        assertThat(records.count(IngestMetrics.CLAMPED, "cluster", "prod")).isEqualTo(clamped);
        assertThat(records.heard.get(0).newest()).isEqualTo(Instant.parse(written));
        assertThat(records.records.get(0).time()).isEqualTo(NOW);
    }

    @Test
    void makesADeletionOfEachItemOfACollection() throws IOException {
        feed(
                records.pipeline(),
                event(
                        "deletecollection",
                        "\"requestURI\":\"/api/v1/namespaces/ns/pods?labelSelector=a\"",
                        "\"responseObject\":{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[{\"metadata\":{\"name\":\"a\",\"namespace\":\"ns\",\"uid\":\"u-a\"}},{\"metadata\":{\"name\":\"b\",\"namespace\":\"ns\"}}]}"));

        assertThat(records.records)
                .extracting(r -> new String(r.key(), StandardCharsets.UTF_8))
                .containsExactly("prod//services/ns/a", "prod//services/ns/b");
        assertThat(value(0).path("verb").asText()).isEqualTo("delete");
        assertThat(value(0).at("/objectRef/uid").asText()).isEqualTo("u-a");
        assertThat(value(0).path("requestURI").asText()).endsWith("#a");
        assertThat(value(0).has("responseObject")).isFalse();
        assertThat(records.count(IngestMetrics.EVENTS, "outcome", "accepted")).isEqualTo(1);
    }

    @Test
    void saysThatACollectionWasNotListed() {
        feed(records.pipeline(), event("deletecollection"));

        assertThat(records.records).isEmpty();
        assertThat(records.count(IngestMetrics.SKIPPED, "reason", "collection-unlisted"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "verb, patch;create, *, , *, , ",
        "resource, update, deploy*, , *, , ",
        "resource, update, *, services, *, , ",
        "namespace, update, *, , other;kube-*, , ",
        "namespace, update, *, , *, n*, ",
        "user, update, *, , *, , system:node:*",
        "'', update, serv*, pods, n*, x, other"
    })
    void dropsWhatIsOutOfScopeAndSaysWhy(
            String reason,
            String verbs,
            String let,
            String not,
            String namespaces,
            String notNamespaces,
            String users) {
        IngestScope scope = new IngestScope(
                Scope.DEFAULT,
                Set.copyOf(list(verbs).stream()
                        .map(v -> Verb.valueOf(v.toUpperCase(java.util.Locale.ROOT)))
                        .toList()),
                list(let),
                list(not),
                list(namespaces),
                list(notNamespaces),
                list(users));

        feed(
                records.pipeline(scope, Redaction.under(CollectedRecords.KEY), InstantSource.fixed(NOW)),
                event("update", "\"user\":{\"username\":\"system:node:n1\"}"));

        assertThat(records.records).hasSize(reason.isEmpty() ? 1 : 0);
        if (!reason.isEmpty()) {
            assertThat(records.count(IngestMetrics.SKIPPED, "cluster", "prod", "reason", reason))
                    .isEqualTo(1);
        }
    }

    private static List<String> list(String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(";"));
    }

    @Test
    void sendsAnEventThatIsTooLargeForARecordWithoutItsBodies() throws IOException {
        String large = "x".repeat(Clerk.LARGEST_VALUE);

        feed(records.pipeline(), event("update", "\"requestObject\":{\"a\":\"" + large + "\"}"));

        assertThat(records.records.get(0).value().length).isLessThan(2_000);
        assertThat(value(0).at("/annotations/audit.k8s.io~1truncated").asText()).isEqualTo("true");
        assertThat(records.count(IngestMetrics.BODIES_REMOVED)).isEqualTo(1);
    }

    @Test
    void tellsOfAnUnreadableDocumentWhereItStoodAndNotWhatItSaid() throws IOException {
        feed(records.pipeline(), "{\"auditID\":\"a\",\"password\":\"hunter2-and-more\"");

        JsonNode letter = value(0);
        assertThat(records.records.get(0).topic()).isEqualTo(TopicName.DEAD_LETTERS);
        assertThat(letter.path("reason").asText()).isEqualTo("cut-off");
        assertThat(letter.path("position").asLong()).isEqualTo(17);
        assertThat(letter.path("source").asText()).isEqualTo("node-1");
        assertThat(letter.toString()).doesNotContain("hunter2");
    }

    @Test
    void writesAThousandDeadLettersAMinuteAndCountsTheOthers() {
        Pipeline pipeline = records.pipeline();
        try (Batch batch = pipeline.begin(FILE)) {
            byte[] bad = {'x'};
            for (int i = 0; i < 1_001; i++) {
                batch.feed(bad, 0, 1, i);
            }
            batch.commit().join();
        }

        assertThat(records.records).hasSize(1_000);
        assertThat(records.count(IngestMetrics.DEAD_LETTERS, "outcome", "withheld"))
                .isEqualTo(1);
        assertThat(records.count(IngestMetrics.EVENTS, "outcome", "rejected")).isEqualTo(1_001);
    }

    @Test
    void isHeardThoughNothingMatters() {
        String lease = event("update").replace("services", "leases");

        feed(records.pipeline(), lease);

        assertThat(records.records).isEmpty();
        assertThat(records.heard).singleElement().satisfies(heard -> {
            assertThat(heard.source()).isEqualTo("node-1");
            assertThat(heard.ordered()).isTrue();
            assertThat(heard.newest()).isEqualTo(Instant.parse("2026-11-24T05:00:00.1Z"));
        });
    }

    @Test
    void tellsWhyABatchIsNotDurable() {
        records.refuse(Reason.KAFKA_AWAY);
        Pipeline pipeline = records.pipeline();

        try (Batch batch = pipeline.begin(FILE)) {
            byte[] line = event("update").getBytes(StandardCharsets.UTF_8);
            batch.feed(line, 0, line.length, 0);
            assertThatThrownBy(() -> batch.commit(Duration.ofSeconds(5)))
                    .isInstanceOfSatisfying(
                            NotDurableException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.KAFKA_AWAY));
        }
    }

    @Test
    void saysThatASourceIsHeardOnlyOnceWhatItSaidIsDurable() {
        List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();
        CollectedRecords slow = new CollectedRecords() {
            @Override
            public CompletableFuture<Void> deliver(List<OutRecord> batch, boolean maySpool) {
                CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
                acknowledgements.add(acknowledgement);
                return acknowledgement;
            }
        };
        for (int i = 0; i < 2; i++) {
            try (Batch batch = slow.pipeline().begin(FILE)) {
                byte[] line = event("update").getBytes(StandardCharsets.UTF_8);
                batch.feed(line, 0, line.length, 0);
                var unused = batch.commit();
            }
        }
        assertThat(slow.heard).isEmpty();

        acknowledgements.get(0).completeExceptionally(new NotDurableException(Reason.KAFKA_AWAY, "away"));
        assertThat(slow.heard).isEmpty();
        assertThat(slow.refused).containsExactly(FILE);

        acknowledgements.get(1).complete(null);
        assertThat(slow.heard).hasSize(1);
        assertThat(slow.refused).hasSize(1);
    }

    @Test
    void owesABatchThatWasFedAndNotCommitted() {
        try (Batch batch = records.pipeline().begin(FILE)) {
            byte[] line = event("update").getBytes(StandardCharsets.UTF_8);
            batch.feed(line, 0, line.length, 0);
        }
        try (Batch empty = records.pipeline().begin(FILE)) {
            assertThat(empty.records()).isZero();
        }

        assertThat(records.heard).isEmpty();
        assertThat(records.refused).containsExactly(FILE);
    }

    @Test
    void handsRecordsOnWhileABatchIsRead() {
        Pipeline pipeline = records.pipeline();
        byte[] line = event("update", "\"requestObject\":{\"a\":\"" + "x".repeat(100_000) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        try (Batch batch = pipeline.begin(FILE)) {
            for (int i = 0; i < 50; i++) {
                batch.feed(line, 0, line.length, i);
            }
            assertThat(records.records).hasSizeBetween(30, 50);
            assertThat(batch.records()).isEqualTo(50);
            batch.commit().join();
        }
        assertThat(records.records).hasSize(50);
    }

    @Test
    void refusesTheNameOfAClusterThatWouldBreakKeys() {
        assertThatThrownBy(() -> Origin.pushed("a/b", "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Origin.isCluster("prod.eu-1_x")).isTrue();
        assertThat(Origin.isCluster("..")).isFalse();
    }

    private void feed(Pipeline pipeline, String document) {
        try (Batch batch = pipeline.begin(FILE)) {
            byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
            batch.feed(bytes, 0, bytes.length, 17);
            batch.commit().join();
        }
    }

    private JsonNode value(int record) throws IOException {
        return JSON.readTree(records.records.get(record).value());
    }

    private static String event(String verb, String... members) {
        String given = String.join(",", members);
        StringBuilder line = new StringBuilder(
                "{\"kind\":\"Event\",\"auditID\":\"i\",\"stage\":\"ResponseComplete\",\"verb\":\"" + verb
                        + "\",\"objectRef\":{\"resource\":\"services\",\"namespace\":\"ns\",\"name\":\""
                        + (verb.equals("deletecollection") ? "" : "web")
                        + "\"},\"responseStatus\":{\"code\":200}");
        if (!given.contains("\"stageTimestamp\"")) {
            line.append(",\"stageTimestamp\":\"2026-11-24T05:00:00.100000Z\"");
        }
        return line + (given.isEmpty() ? "" : ",") + given + "}";
    }
}
