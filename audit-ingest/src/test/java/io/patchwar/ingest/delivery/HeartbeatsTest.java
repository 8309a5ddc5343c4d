package io.patchwar.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.Heard;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.model.wire.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
    private static final Instant STAMP = Instant.parse("2020-01-01T00:00:00Z");

    private Instant now = START;
    private final Heartbeats heartbeats = new Heartbeats(
            new HeartbeatConfig(Duration.ofSeconds(10), Duration.ofMinutes(2)),
            () -> now,
            new IngestMetrics(new SimpleMeterRegistry()));

    @Test
    void saysTheNewestStampAndTheTimeSinceItCame() {
        hear("a", STAMP);
        now = now.plusSeconds(7);
        hear("a", STAMP.minusSeconds(100));
        now = now.plusSeconds(3);

        assertThat(sent()).containsExactly(new Heartbeat("prod", "a", STAMP.plusSeconds(10), true));
    }

    @Test
    void hasNoTimeForASourceOfWhichNoStampWasRead() {
        hear("a", null);

        assertThat(sent()).isEmpty();
    }

    @Test
    void keepsTheTimeOfASourceThatHasNothingToSay() {
        hear("a", STAMP);
        now = now.plusSeconds(100);
        hear("a", null);
        now = now.plusSeconds(120);

        assertThat(sent()).extracting(Heartbeat::heardUpTo).containsExactly(STAMP.plusSeconds(220));
    }

    @Test
    void forgetsASourceThatIsNoLongerHeard() {
        hear("a", STAMP);
        hear("b", STAMP);
        now = START.plusSeconds(120);
        hear("b", null);
        assertThat(sent()).extracting(Heartbeat::source).containsExactlyInAnyOrder("a", "b");

        now = START.plusSeconds(121);

        assertThat(sent()).extracting(Heartbeat::source).containsExactly("b");
    }

    @Test
    void doesNotFillMemoryWithMadeUpSources() {
        for (int i = 0; i < 2_000; i++) {
            hear("s" + i, STAMP);
        }

        assertThat(sent()).hasSize(1_024);
    }

    private void hear(String source, @Nullable Instant stamp) {
        heartbeats.heard(new Heard("prod", source, true, stamp, now));
    }

    private List<Heartbeat> sent() {
        List<Heartbeat> sent = new ArrayList<>();
        heartbeats.send(new Sender() {
            @Override
            public boolean ready() {
                return true;
            }

            @Override
            public CompletableFuture<Void> send(List<OutRecord> records) {
                throw new AssertionError("no records are sent here");
            }

            @Override
            public boolean send(Heartbeat heartbeat) {
                return sent.add(heartbeat);
            }
        });
        return sent;
    }
}
