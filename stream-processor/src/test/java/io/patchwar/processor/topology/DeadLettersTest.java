package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.processor.config.DeadLetterSettings;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.stage.EventRecord;
import io.patchwar.processor.stage.Feud;
import io.patchwar.processor.stage.TestConfigs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final String SECRET = "{\"kind\":\"Secret\",\"data\":\"hunter2\"";

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);

    @Test
    void sayWhyAndWhereAndNotWhat() throws Exception {
        try (DrivenTopology topology = topology(DeadLetterSettings.DEFAULT)) {
            topology.pipe(bad(SECRET));

            TestRecord<byte[], byte[]> letter =
                    topology.written("audit-events-dlq").get(0);
            JsonNode json = new ObjectMapper().readTree(letter.value());
            assertThat(json.path("reason").asText()).isEqualTo("cut-off");
            assertThat(json.path("cluster").asText()).isEqualTo("prod");
            assertThat(json.path("bytes").asInt()).isEqualTo(SECRET.length());
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).doesNotContain("hunter2");
            assertThat(header(letter, "reason")).isEqualTo("cut-off");
            assertThat(header(letter, "topic")).isEqualTo("audit-events");
            assertThat(header(letter, "offset")).isEqualTo("0");
            assertThat(header(letter, "digest"))
                    .isEqualTo(json.path("digest").asText())
                    .matches("digest:[0-9a-f]{32}");
        }
    }

    @Test
    void holdTheRecordWhereTheOperatorWantsIt() throws Exception {
        try (DrivenTopology topology = topology(new DeadLetterSettings(true, 10, Duration.ofMinutes(1)))) {
            topology.pipe(bad(SECRET));

            JsonNode json = new ObjectMapper()
                    .readTree(topology.written("audit-events-dlq").get(0).value());
            assertThat(new String(json.path("input").binaryValue(), StandardCharsets.UTF_8))
                    .isEqualTo(SECRET);
        }
    }

    @Test
    void haveAWordForEveryKindOfBadRecord() {
        try (DrivenTopology topology = topology(DeadLetterSettings.DEFAULT)) {
            topology.pipe(bad(null));
            topology.pipe(bad("not json"));
            topology.pipe(bad("{\"a\":1}"));
            EventRecord heartbeat = new EventRecord(null, new byte[] {'x'}, "prod", "", true, NOON);
            topology.pipe(heartbeat);
            String event = new String(
                    new Feud("prod", "settings", NOON).writes(0, 1).get(0).value(), StandardCharsets.UTF_8);
            topology.pipe(bad("[" + event + "," + event + "]"));

            assertThat(topology.written("audit-events-dlq"))
                    .extracting(letter -> header(letter, "reason"))
                    .containsExactly("empty", "not-json", "not-audit", "bad-heartbeat", "several-events");
        }
    }

    /** Else three such records exhaust a budget of a thousand, and each letter repeats all of its record. */
    @Test
    void areOneForARecordHoweverMuchIsWrongWithIt() {
        try (DrivenTopology topology = topology(new DeadLetterSettings(true, 2, Duration.ofMinutes(1)))) {
            String event = new String(
                    new Feud("prod", "settings", NOON).writes(0, 1).get(0).value(), StandardCharsets.UTF_8);
            topology.pipe(bad("[" + String.join(",", Collections.nCopies(400, event)) + "]"));
            topology.pipe(bad("[" + event + ",{\"a\":1},{\"b\":2}]"));

            assertThat(topology.written("audit-events-dlq"))
                    .extracting(letter -> header(letter, "reason"))
                    .containsExactly("several-events", "several-events");
            assertThat(topology.counted("patchwar.stream.events")).isEqualTo(2);
            assertThat(topology.counted("patchwar.stream.events", "outcome", "rejected"))
                    .isEqualTo(2);
        }
    }

    @Test
    void areNotWrittenForWhatCannotMatterBesideAnEvent() {
        try (DrivenTopology topology = topology(new DeadLetterSettings(true, 0, Duration.ofMinutes(1)))) {
            String event = new String(
                    new Feud("prod", "settings", NOON).writes(0, 1).get(0).value(), StandardCharsets.UTF_8);
            topology.pipe(bad("[" + event.replace("ResponseComplete", "RequestReceived") + "," + event + "]"));
            topology.pipe(bad(" "));

            assertThat(topology.counted("patchwar.stream.events", "outcome", "accepted"))
                    .isOne();
            assertThat(topology.counted("patchwar.stream.events", "outcome", "skipped"))
                    .isOne();
            assertThat(topology.counted("patchwar.stream.events")).isEqualTo(2);
        }
    }

    @Test
    void arePutUpWithUpToTheBudget() {
        try (DrivenTopology topology = topology(new DeadLetterSettings(false, 2, Duration.ofMinutes(1)))) {
            topology.pipe(bad("1"));
            topology.pipe(bad("2"));

            assertThat(topology.written("audit-events-dlq")).hasSize(2);
            assertThat(topology.counted("patchwar.dead.letter.budget")).isZero();
        }
    }

    @Test
    void stopTheStreamBeyondTheBudget() {
        DrivenTopology topology = topology(new DeadLetterSettings(false, 2, Duration.ofMinutes(1)));
        topology.pipe(bad("1"));
        topology.pipe(bad("2"));

        assertThatThrownBy(() -> topology.pipe(bad("3")))
                .rootCause()
                .isInstanceOf(BudgetExhaustedException.class)
                .hasMessageContaining("more than 2 records in 1m could not be read, the latest at audit-events-0@2");
    }

    @Test
    void areCountedAnewInTheNextInterval() {
        try (DrivenTopology topology = topology(new DeadLetterSettings(false, 1, Duration.ofMinutes(1)))) {
            topology.pipe(bad("1"));
            clock.set(NOON.plusSeconds(60));
            topology.pipe(bad("2"));

            assertThat(topology.written("audit-events-dlq")).hasSize(2);
        }
    }

    private DrivenTopology topology(DeadLetterSettings letters) {
        ProcessorConfig usual = TestConfigs.on("127.0.0.1:1", directory, 1);
        return new DrivenTopology(TestConfigs.with(usual, letters), (InstantSource) clock::get);
    }

    private static TestRecord<byte[], byte[]> bad(String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("cluster", "prod".getBytes(StandardCharsets.UTF_8));
        return new TestRecord<>(
                "k".getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                headers,
                NOON);
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
