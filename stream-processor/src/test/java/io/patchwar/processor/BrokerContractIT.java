package io.patchwar.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.stage.BrokerStage;
import io.patchwar.processor.stage.EventRecord;
import io.patchwar.processor.stage.OneBroker;
import io.patchwar.processor.stage.Play;
import io.patchwar.processor.stage.Recorded;
import io.patchwar.processor.stage.WarsTopic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The detection contract on a real broker and the whole service: every run of every scenario, each a cluster of its own, all in one
 * stream of four partitions. The verdicts and the ids are those of the core alone.
 */
class BrokerContractIT {
    private static final long SEED = Long.getLong("patchwar.seed", 20_261_123L);

    @RegisterExtension
    private static final OneBroker broker = new OneBroker();

    private static List<Play> plays;

    @BeforeAll
    static void start() {
        plays = Play.all();
    }

    @Test
    void judgesAtOnceWhatOneSourceDeliversInOrder() throws Exception {
        ProcessorConfig config = broker.config("straight");
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService service = BrokerStage.start(config)) {
            for (Play play : plays) {
                // Heard twice before its first event: one source, in order, so nothing waits for a grace.
                stage.send(heard(play, 60));
                stage.send(heard(play, 50));
                stage.send(play.records());
                stage.send(end(play, true));
            }
            stage.awaitProcessed();

            assertSaid(stage.wars());
            assertThat(stage.wars().repeated()).isZero();
            assertThat(read(service)).isEqualTo(stage.records());
        }
    }

    @Test
    void saysTheSameWhenCutInHalfByARestart() throws Exception {
        ProcessorConfig config = broker.config("halves");
        try (BrokerStage stage = new BrokerStage(config)) {
            long readFirst;
            try (ProcessorService service = BrokerStage.start(config)) {
                for (Play play : plays) {
                    List<EventRecord> records = play.records();
                    stage.send(records.subList(0, records.size() / 2));
                }
                stage.awaitProcessed();
                readFirst = read(service);
            }
            try (ProcessorService service = BrokerStage.start(config)) {
                for (Play play : plays) {
                    List<EventRecord> records = play.records();
                    stage.send(records.subList(records.size() / 2, records.size()));
                    stage.send(end(play, false));
                }
                stage.awaitProcessed();

                assertSaid(stage.wars());
                assertThat(stage.wars().repeated()).isZero();
                assertThat(readFirst + read(service)).isEqualTo(stage.records());
            }
        }
    }

    @Test
    void saysTheSameOfTwoSourcesThatDeliverLateAndTwice() throws Exception {
        ProcessorConfig config = broker.config("shuffled");
        try (BrokerStage stage = new BrokerStage(config);
                ProcessorService service = BrokerStage.start(config)) {
            for (Play play : plays) {
                stage.send(play.shuffled(SEED));
                stage.send(end(play, false));
            }
            stage.awaitProcessed();

            assertSaid(stage.wars());
            assertThat(stage.wars().repeated()).isZero();
            assertThat(read(service)).isEqualTo(stage.records());
        }
    }

    @Test
    void findsTheWarsThatWereRecordedAlsoWhenCutInHalfByARestart() throws Exception {
        List<Recorded> recordings = Recorded.all();
        ProcessorConfig config = broker.config("recorded");
        try (BrokerStage stage = new BrokerStage(config)) {
            for (int half = 0; half < 2; half++) {
                try (ProcessorService service = BrokerStage.start(config)) {
                    for (Recorded recording : recordings) {
                        List<EventRecord> records = recording.records();
                        int middle = records.size() / 2;
                        stage.send(half == 0 ? records.subList(0, middle) : records.subList(middle, records.size()));
                    }
                    stage.awaitProcessed();
                    assertThat(service.failure()).isEmpty();
                }
            }
            WarsTopic wars = stage.wars();

            assertThat(recordings)
                    .flatMap(recording -> recording.differences(wars))
                    .isEmpty();
            assertThat(wars.repeated()).isZero();
        }
    }

    private static EventRecord heard(Play play, int secondsBefore) {
        return EventRecord.heartbeat(play.cluster(), "apiserver", play.first().minusSeconds(secondsBefore), true);
    }

    /** The source is heard once more: what is held has had its grace, and nothing else happens. */
    private static EventRecord end(Play play, boolean ordered) {
        return EventRecord.heartbeat(play.cluster(), "apiserver", play.last().plusMillis(ordered ? 0 : 5_001), ordered);
    }

    private static void assertSaid(WarsTopic wars) {
        List<String> differences = new ArrayList<>();
        plays.forEach(play -> differences.addAll(play.differences(wars)));
        assertThat(differences).as("shuffles with seed %d", SEED).isEmpty();
    }

    /** Records that the service counts as read: events by outcome, and heartbeats. */
    private static long read(ProcessorService service) {
        var registry = service.metrics().registry();
        double events = registry.find("patchwar.stream.events").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        double heartbeats = registry.find("patchwar.stream.heartbeats").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        return Math.round(events + heartbeats);
    }
}
