package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.processor.stage.EventRecord;
import io.patchwar.processor.stage.Feud;
import io.patchwar.processor.stage.TestConfigs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a war in its topic, by its cluster's time alone. */
class LifeOfAWarTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant BEGAN = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration KEPT = Duration.ofDays(7);

    @TempDir
    private Path directory;

    private final Feud feud = new Feud("prod", "settings", BEGAN);
    private DrivenTopology topology;

    @BeforeEach
    void start() {
        topology = new DrivenTopology(TestConfigs.on("127.0.0.1:1", directory, 1));
        // Heard twice: one source, in order, so nothing waits for a grace.
        topology.pipe(feud.heard(BEGAN.minusSeconds(60)));
        topology.pipe(feud.heard(BEGAN.minusSeconds(50)));
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void opensWithinTheWriteThatFitsTheRule() {
        pipe(feud.writes(0, 8));

        assertThat(lifecycles()).startsWith("opened");
    }

    @Test
    void outlivesAnyTimeInWhichItsClusterIsNotHeard() {
        pipe(feud.writes(0, 10));
        lifecycles();

        for (int minutes = 1; minutes <= 24 * 60; minutes += 10) {
            topology.pipe(
                    EventRecord.heartbeat("another", "apiserver", feud.at(10).plus(Duration.ofMinutes(minutes)), true));
        }
        topology.driver.advanceWallClockTime(Duration.ofHours(24));

        assertThat(lifecycles()).doesNotContain("ended");
    }

    @Test
    void endsByHeartbeatsAloneAfterFiveQuietMinutes() {
        pipe(feud.writes(0, 10));
        lifecycles();

        topology.pipe(feud.heard(feud.at(9).plus(Duration.ofMinutes(5)).minusMillis(1)));
        assertThat(lifecycles()).doesNotContain("ended");
        topology.pipe(feud.heard(feud.at(9).plus(Duration.ofMinutes(5)).plusMillis(1)));

        assertThat(lifecycles()).containsExactly("ended");
    }

    @Test
    void isDeletedAWhileAfterItsEndAndNotBefore() {
        pipe(feud.writes(0, 10));
        topology.pipe(feud.heard(feud.at(9).plus(Duration.ofMinutes(10))));
        lifecycles();

        topology.pipe(feud.heard(feud.at(9).plus(KEPT).minusSeconds(1)));
        assertThat(topology.written("wars")).isEmpty();
        topology.pipe(feud.heard(feud.at(9).plus(KEPT).plusSeconds(11)));

        assertThat(topology.written("wars"))
                .singleElement()
                .satisfies(war -> assertThat(war.value()).isNull());
    }

    @Test
    void isOneConflictWithAnotherOfTheSameCauseUntilOneIsDeleted() {
        Feud other = new Feud("prod", "other", BEGAN);
        for (int i = 0; i < 10; i++) {
            pipe(feud.writes(i, i + 1));
            pipe(other.writes(i, i + 1));
        }
        topology.tick();

        List<TestRecord<byte[], byte[]>> conflicts = topology.written("conflicts");
        JsonNode conflict = read(conflicts.get(conflicts.size() - 1).value());
        assertThat(conflict.path("wars")).hasSize(2);
        assertThat(conflict.path("fields").get(0).asText()).isEqualTo("data.mode");
        assertThat(conflicts)
                .extracting(c -> text(c.key()))
                .containsOnly(conflict.path("id").asText());

        topology.pipe(feud.heard(feud.at(9).plus(Duration.ofMinutes(10))));
        topology.pipe(feud.heard(feud.at(9).plus(KEPT).plusSeconds(11)));
        topology.tick();

        assertThat(topology.written("conflicts"))
                .last()
                .satisfies(gone -> assertThat(gone.value()).isNull());
    }

    @Test
    void tellsEachChangeOfAFieldInItsOwnTopic() {
        pipe(feud.writes(0, 2));

        assertThat(topology.written("field-changes")).last().satisfies(record -> {
            JsonNode change = read(record.value());
            assertThat(text(record.key())).isEqualTo("prod//configmaps/shop/settings");
            assertThat(change.path("changes").get(0).path("field").asText()).isEqualTo("data.mode");
            assertThat(change.path("changes").get(0).path("from").asText()).isEqualTo("left");
            assertThat(change.path("changes").get(0).path("to").asText()).isEqualTo("right");
        });
    }

    @Test
    void tellsWhatTheClusterWritesFromTimeToTime() {
        pipe(feud.writes(0, 10));
        topology.tick();

        assertThat(topology.written("cluster-load")).last().satisfies(load -> {
            assertThat(text(load.key())).isEqualTo("prod/0");
            assertThat(read(load.value()).path("cluster").asText()).isEqualTo("prod");
        });
    }

    private void pipe(List<EventRecord> events) {
        events.forEach(topology::pipe);
    }

    private List<String> lifecycles() {
        List<String> lifecycles = new ArrayList<>();
        topology.written("wars")
                .forEach(war ->
                        lifecycles.add(read(war.value()).path("lifecycle").asText()));
        return lifecycles;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static JsonNode read(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
