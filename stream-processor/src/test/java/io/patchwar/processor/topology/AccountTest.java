package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.processor.stage.EventRecord;
import io.patchwar.processor.stage.Feud;
import io.patchwar.processor.stage.TestConfigs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is read is accounted for, once. */
class AccountTest {
    private static final Instant BEGAN = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void readIsAcceptedAndSkippedAndRejectedAndAcceptedIsJudgedAndDuplicateAndHeld() {
        Feud feud = new Feud("prod", "settings", BEGAN);
        try (DrivenTopology topology = new DrivenTopology(TestConfigs.on("127.0.0.1:1", directory, 1))) {
            List<EventRecord> writes = feud.writes(0, 20);
            writes.forEach(topology::pipe);
            topology.pipe(writes.get(19));
            topology.pipe(writes.get(18));
            topology.pipe(
                    record("{\"kind\":\"Event\",\"stage\":\"RequestReceived\",\"verb\":\"get\",\"auditID\":\"a\"}"));
            topology.pipe(record("nonsense"));
            topology.pipe(record("more nonsense"));
            topology.pipe(EventRecord.heartbeat("prod", "apiserver", feud.at(18).plusSeconds(5), false));
            topology.tick();

            assertThat(topology.counted("patchwar.stream.events")).isEqualTo(25);
            assertThat(topology.counted("patchwar.stream.events", "outcome", "accepted"))
                    .isEqualTo(22);
            assertThat(topology.counted("patchwar.stream.events", "outcome", "skipped"))
                    .isEqualTo(topology.counted("patchwar.stream.events.skipped"))
                    .isEqualTo(1);
            assertThat(topology.counted("patchwar.stream.events", "outcome", "rejected"))
                    .isEqualTo(topology.counted("patchwar.stream.events.rejected"))
                    .isEqualTo(topology.counted("patchwar.dead.letters"))
                    .isEqualTo(2);
            assertThat(topology.counted("patchwar.stream.heartbeats")).isEqualTo(1);
            assertThat(topology.counted("patchwar.stream.writes", "outcome", "judged")
                            + topology.counted("patchwar.stream.writes", "outcome", "late")
                            + topology.counted("patchwar.stream.writes", "outcome", "duplicate")
                            + topology.counted("patchwar.stream.writes", "outcome", "replayed")
                            + topology.counted("patchwar.stream.held.events"))
                    .isEqualTo(22);
            assertThat(topology.counted("patchwar.stream.writes", "outcome", "duplicate"))
                    .isEqualTo(2);
            assertThat(topology.counted("patchwar.stream.held.events")).isEqualTo(1);
            assertThat(topology.counted("patchwar.tracked.objects")).isEqualTo(1);
            assertThat(topology.counted("patchwar.wars.started")).isEqualTo(1);
        }
    }

    private static EventRecord record(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new EventRecord(bytes, bytes, "prod", "apiserver", false, BEGAN);
    }
}
