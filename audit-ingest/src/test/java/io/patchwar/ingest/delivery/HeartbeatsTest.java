package io.patchwar.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.Heard;
import io.patchwar.ingest.pipeline.Origin;
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

    @Test
    void saysNothingOfAClusterOfWhichABatchWasRefusedUntilThatIsDurable() {
        Origin log = Origin.kept("prod", "a", true);
        hear("a", STAMP);
        hear("b", STAMP);
        heartbeats.heard(new Heard("other", "c", true, STAMP, now));

        heartbeats.reading(log);
        heartbeats.refused(log);
        now = now.plusSeconds(60);

        assertThat(sent()).extracting(Heartbeat::cluster).containsExactly("other");
        heartbeats.reading(log);
        heartbeats.durable(log, List.of(), 0);
        assertThat(sent())
                .as("a batch of which nothing was kept is not the one that was refused")
                .extracting(Heartbeat::cluster)
                .containsExactly("other");
        heartbeats.reading(log);
        heartbeats.durable(log, List.of(new Heard("prod", "a", true, STAMP.plusSeconds(1), now)), 1);
        assertThat(sent()).extracting(Heartbeat::source).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void letsTheBatchOfAnotherOriginNotSpeakForTheOneThatWasRefused() {
        hear("a", STAMP);
        heartbeats.reading(Origin.kept("prod", "a", true));
        heartbeats.refused(Origin.kept("prod", "a", true));
        heartbeats.reading(Origin.kept("prod", "b", true));
        heartbeats.durable(
                Origin.kept("prod", "b", true), List.of(new Heard("prod", "b", true, STAMP.plusSeconds(1), now)), 1);

        assertThat(sent()).isEmpty();
    }

    @Test
    void waitsNoLongerForASenderThatGaveUp() {
        Origin server = Origin.pushed("prod", "a");
        heartbeats.reading(server);
        heartbeats.refused(server);
        now = START.plusSeconds(120);
        hear("b", STAMP);
        assertThat(sent()).isEmpty();

        now = START.plusSeconds(120).plusNanos(1);

        assertThat(sent()).extracting(Heartbeat::source).containsExactly("b");
    }

    @Test
    void countsNoSilenceWhileABatchOfTheClusterIsOnItsWay() {
        Origin log = Origin.kept("prod", "a", true);
        hear("a", STAMP);
        now = now.plusSeconds(5);
        hear("a", null);
        heartbeats.reading(log);
        heartbeats.reading(log);
        now = now.plusSeconds(60);

        assertThat(sent()).extracting(Heartbeat::heardUpTo).containsExactly(STAMP.plusSeconds(5));
        heartbeats.durable(log, List.of(new Heard("prod", "a", true, STAMP.plusSeconds(6), now)), 1);
        assertThat(sent()).extracting(Heartbeat::heardUpTo).containsExactly(STAMP.plusSeconds(6));
        heartbeats.durable(log, List.of(new Heard("prod", "a", true, STAMP.plusSeconds(7), now)), 1);
        now = now.plusSeconds(3);
        assertThat(sent()).extracting(Heartbeat::heardUpTo).containsExactly(STAMP.plusSeconds(10));
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
