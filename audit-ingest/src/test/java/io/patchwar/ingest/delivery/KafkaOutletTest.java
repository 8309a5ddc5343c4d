package io.patchwar.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.Heard;
import io.patchwar.ingest.pipeline.NotDurableException;
import io.patchwar.ingest.pipeline.NotDurableException.Reason;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.ingest.spool.Spool;
import io.patchwar.ingest.spool.SpoolConfig;
import io.patchwar.model.wire.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaOutletTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final FakeKafka kafka = new FakeKafka();
    private Spool spool;
    private KafkaOutlet outlet;

    @BeforeEach
    void start() throws IOException {
        spool = Spool.open(new SpoolConfig(folder, 1 << 20, false));
        SenderConfig config = new SenderConfig(Duration.ofMillis(50), LONG, Duration.ZERO, 1 << 20);
        outlet = new KafkaOutlet(
                kafka,
                spool,
                config,
                new HeartbeatConfig(Duration.ofMillis(100), LONG),
                new IngestMetrics(new SimpleMeterRegistry()),
                InstantSource.system());
        outlet.start();
    }

    @AfterEach
    void stop() {
        outlet.close();
        spool.close();
    }

    @Test
    void goesStraightToKafkaWhileItAnswers() throws Exception {
        deliver("a");

        assertThat(kafka.received).containsExactly("a");
        assertThat(spool.isEmpty()).isTrue();
    }

    @Test
    void isDurableInTheSpoolWhenKafkaDoesNotAnswerInTime() throws Exception {
        kafka.mood = FakeKafka.Mood.SILENT;

        deliver("a");

        assertThat(spool.isEmpty()).isFalse();
    }

    @Test
    void letsNothingOvertakeWhatIsInTheSpool() throws Exception {
        kafka.ready = false;
        for (int i = 0; i < 50; i++) {
            deliver("r" + i);
        }
        kafka.ready = true;
        for (int i = 50; i < 100; i++) {
            deliver("r" + i);
        }

        await().atMost(LONG).until(spool::isEmpty);
        deliver("r100");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            expected.add("r" + i);
        }
        assertThat(kafka.received).containsExactlyElementsOf(expected);
    }

    @Test
    void triesTheSpoolsOldestAgainUntilKafkaTakesIt() throws Exception {
        kafka.mood = FakeKafka.Mood.REFUSING;
        deliver("a");
        deliver("b");

        kafka.mood = FakeKafka.Mood.THERE;

        await().atMost(LONG).until(spool::isEmpty);
        assertThat(kafka.received).containsExactly("a", "b");
    }

    @Test
    void drainsWhatKafkaAnswersLate() throws Exception {
        kafka.mood = FakeKafka.Mood.SILENT;
        deliver("a");

        kafka.answer();

        await().atMost(LONG).until(() -> {
            kafka.answer();
            return spool.isEmpty();
        });
    }

    @Test
    void keepsSilentAboutSourcesUntilTheSpoolIsDrained() throws Exception {
        kafka.ready = false;
        deliver("a");
        kafka.mood = FakeKafka.Mood.SILENT;
        kafka.ready = true;
        Instant stamp = Instant.now().minusSeconds(3_600);
        outlet.heard(new Heard("prod", "master-1", false, stamp, Instant.now()));

        await().during(Duration.ofMillis(400)).atMost(LONG).until(kafka.received::isEmpty);
        kafka.answer();
        await().atMost(LONG).until(() -> {
            kafka.answer();
            return kafka.received.stream().anyMatch(r -> r.startsWith("heard master-1"));
        });
    }

    @Test
    void spoolsNothingThatItsSourceStillHas() {
        kafka.ready = false;

        assertThatThrownBy(() -> outlet.deliver(records("a"), false).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotDurableException.class);
        assertThat(spool.isEmpty()).isTrue();
        kafka.ready = true;
        kafka.mood = FakeKafka.Mood.REFUSING;
        assertThatThrownBy(() -> outlet.deliver(records("a"), false).join())
                .cause()
                .isInstanceOfSatisfying(
                        NotDurableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.KAFKA_AWAY));
    }

    @Test
    void takesNothingMoreOnceItCloses() {
        outlet.close();

        assertThatThrownBy(() -> outlet.deliver(records("a"), true).join())
                .cause()
                .isInstanceOfSatisfying(
                        NotDurableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSING));
    }

    private void deliver(String value) throws Exception {
        outlet.deliver(records(value), true).get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private static List<OutRecord> records(String value) {
        return List.of(new OutRecord(
                TopicName.AUDIT_EVENTS,
                new byte[] {1},
                value.getBytes(StandardCharsets.UTF_8),
                "prod",
                "master-1",
                Instant.now()));
    }
}
