package io.patchwar.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.Batch;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.ingest.pipeline.DeadLetters;
import io.patchwar.ingest.pipeline.IngestScope;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.pipeline.Pipeline;
import io.patchwar.ingest.redact.Redaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From batches to heartbeats, with a clock that the test moves: a cluster's time never passes events that are still to come. */
class OutageTest {
    private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
    private static final Origin LOG = Origin.kept("prod", "node-1", true);

    private final FakeKafka kafka = new FakeKafka();
    private final IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
    private Instant now = START;
    private boolean room = true;
    private final KafkaOutlet outlet =
            new KafkaOutlet(kafka, null, SenderConfig.DEFAULT, HeartbeatConfig.DEFAULT, metrics, () -> now);
    private final RoomGate gate = new RoomGate(outlet);
    private final Pipeline pipeline = new Pipeline(
            IngestScope.DEFAULT,
            Redaction.under(CollectedRecords.KEY),
            new DeadLetters(CollectedRecords.KEY, false),
            gate,
            metrics,
            () -> now);

    @AfterEach
    void close() {
        outlet.close();
    }

    static Stream<Arguments> doorsAndOutages() {
        List<Origin> doors = List.of(LOG, Origin.kept("prod", "a-bridge", false), Origin.pushed("prod", "a-server"));
        return doors.stream()
                .flatMap(door ->
                        Stream.of("Kafka is away", "no room on the disk").map(outage -> Arguments.of(door, outage)));
    }

    @ParameterizedTest
    @MethodSource("doorsAndOutages")
    void sixMinutesInWhichNothingIsTakenAreNoSilence(Origin door, String outage) {
        gate.openWhile(() -> room);
        assertThat(send(door, START)).isCompleted();
        kafka.received.clear();

        kafka.mood = outage.equals("Kafka is away") ? FakeKafka.Mood.REFUSING : FakeKafka.Mood.THERE;
        room = kafka.mood == FakeKafka.Mood.REFUSING;
        for (int second = 1; second <= 360; second++) {
            now = now.plusSeconds(1);
            assertThat(send(door, START.plusSeconds(1))).isCompletedExceptionally();
            if (second % 10 == 0) {
                outlet.beat();
            }
        }
        assertThat(kafka.received).as("what Kafka has before the backlog").isEmpty();

        kafka.mood = FakeKafka.Mood.THERE;
        room = true;
        assertThat(send(door, START.plusSeconds(1))).isCompleted();
        outlet.beat();
        assertThat(kafka.received).hasSize(2);
        assertThat(kafka.received.get(0)).contains("auditID");
        assertThat(kafka.received.get(1)).contains("heard " + door.source() + " " + START.plusSeconds(1));
    }

    @Test
    void anotherLogOfTheClusterThatIsQuietLetsNoTimePassEither() {
        Origin quiet = Origin.kept("prod", "node-2", true);
        assertThat(send(LOG, START)).isCompleted();
        assertThat(send(quiet, START)).isCompleted();
        kafka.received.clear();
        kafka.mood = FakeKafka.Mood.REFUSING;

        for (int second = 0; second < 360; second += 10) {
            now = now.plus(Duration.ofSeconds(10));
            assertThat(send(LOG, START.plusSeconds(1))).isCompletedExceptionally();
            pipeline.heard(quiet);
            outlet.beat();
        }

        assertThat(kafka.received).isEmpty();
    }

    @Test
    void aBrokerThatDoesNotAnswerLetsNoTimePass() {
        assertThat(send(LOG, START)).isCompleted();
        kafka.received.clear();
        kafka.mood = FakeKafka.Mood.SILENT;
        CompletableFuture<Void> unanswered = send(LOG, START.plusSeconds(1));

        now = now.plusSeconds(60);
        outlet.beat();

        assertThat(unanswered).isNotDone();
        assertThat(kafka.received).containsExactly("heard node-1 " + START + " true");
    }

    private CompletableFuture<Void> send(Origin door, Instant stamp) {
        byte[] event = ("{\"kind\":\"Event\",\"auditID\":\"" + stamp
                        + "\",\"stage\":\"ResponseComplete\",\"verb\":\"update\",\"objectRef\":{\"resource\":\"services\",\"namespace\":\"ns\",\"name\":\"web\"},\"responseStatus\":{\"code\":200},\"stageTimestamp\":\""
                        + stamp + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        try (Batch batch = pipeline.begin(door)) {
            batch.feed(event, 0, event.length, 0);
            return batch.commit();
        }
    }
}
