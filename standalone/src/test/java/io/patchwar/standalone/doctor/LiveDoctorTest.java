package io.patchwar.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.metrics.Reading;
import io.patchwar.service.health.Check;
import io.patchwar.service.health.Health;
import io.patchwar.service.http.HealthPages;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.service.http.HttpFront;
import io.patchwar.service.metrics.Metrics;
import io.patchwar.standalone.CommandLineRun;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service in this JVM, with the meters that ingest and processor have, asked over HTTP. */
class LiveDoctorTest {
    private final Metrics metrics = new Metrics();
    private final IngestMetrics ingest = new IngestMetrics(metrics.registry());
    private final HttpFront front = new HttpFront(new HttpAddress("127.0.0.1", 0));
    private volatile Check part = Check.ok("kafka", "");

    @BeforeEach
    void start() throws IOException {
        Health health = new Health().ready(() -> part);
        HealthPages.addTo(front, health);
        metrics.addTo(front, health);
        front.start();
        read("accepted", 1_000);
    }

    @AfterEach
    void stop() {
        front.close();
        metrics.close();
    }

    private void read(String outcome, int n) {
        Reading reading = new Reading();
        for (int i = 0; i < n; i++) {
            switch (outcome) {
                case "accepted" -> reading.accepted();
                case "rejected" -> reading.rejected("not-json");
                default -> throw new AssertionError(outcome);
            }
        }
        ingest.count("c1", reading);
    }

    private void gauge(String name, double value, String... labels) {
        Gauge.builder(name, () -> value).tags(labels).register(metrics.registry());
    }

    private CommandLineRun doctor() {
        return CommandLineRun.of("doctor", "--format", "json", "--url", "http://" + front.address());
    }

    private List<String> found() throws IOException {
        CommandLineRun run = doctor();
        assertThat(run.exitStatus()).as(run.err()).isIn(0, 1);
        JsonNode report = new ObjectMapper().readTree(run.out());
        return StreamSupport.stream(report.get("findings").spliterator(), false)
                .map(finding -> finding.get("symptom").asText())
                .toList();
    }

    @Test
    void saysNothingOfAServiceThatWorks() throws IOException {
        gauge("patchwar.stream.stalled.seconds", 3, "cluster", "c1");
        gauge("patchwar.event.lag.seconds", 2, "cluster", "c1");
        gauge(IngestMetrics.SPOOL_BYTES, 0);
        assertThat(found()).isEmpty();
        CommandLineRun text = CommandLineRun.of("doctor", "--url", "http://" + front.address());
        assertThat(text.exitStatus()).isZero();
        assertThat(text.out()).startsWith("Nothing is wrong, in 1,000 writes of 1 cluster since the service started.");
    }

    @Test
    void namesAPartThatFailsInItsOwnWords() throws IOException {
        part = Check.failed("kafka", "no broker answers at 127.0.0.1:9092");
        assertThat(found()).containsExactly("part-failing");
        assertThat(doctor().out()).contains("kafka: no broker answers at 127.0.0.1:9092");
    }

    @Test
    void namesAClusterThatIsNotHeardAndOneThatIsLate() throws IOException {
        gauge("patchwar.stream.stalled.seconds", 400, "cluster", "c2");
        gauge("patchwar.event.lag.seconds", 95, "cluster", "c3");
        assertThat(found()).containsExactlyInAnyOrder("nothing-heard", "late-arrival");
        assertThat(doctor().out()).contains("c2 since 6 min 40 s", "c3 by 1 min 35 s");
    }

    @Test
    void namesWhatWasLost() throws IOException {
        ingest.counter(IngestMetrics.FILES_LOST, "lost", "cluster", "c1").increment(2);
        assertThat(found()).containsExactly("events-lost");
        assertThat(doctor().out()).contains("2 log files gone before they were read");
    }

    @Test
    void namesWhatCannotBeRead() throws IOException {
        read("rejected", 50);
        assertThat(found()).containsExactly("unreadable");
        assertThat(doctor().out()).contains("not-json 50");
    }

    @Test
    void namesASpoolThatFills() throws IOException {
        gauge(IngestMetrics.SPOOL_BYTES, 5_000_000);
        gauge(IngestMetrics.SPOOL_CAPACITY, 1_000_000_000);
        gauge(IngestMetrics.SPOOL_AGE, 120);
        assertThat(found()).containsExactly("spool-in-use");
    }

    @Test
    void namesLateAndDoubledWritesAndForgottenState() throws IOException {
        ingest.counter("patchwar.stream.writes", "writes", "outcome", "judged").increment(1_000);
        ingest.counter("patchwar.stream.writes", "writes", "outcome", "late").increment(20);
        ingest.counter("patchwar.stream.writes", "writes", "outcome", "duplicate")
                .increment(30);
        ingest.counter("patchwar.forgotten", "forgotten", "reason", "evicted").increment(4);
        ingest.counter("patchwar.forgotten", "forgotten", "reason", "expired").increment(400);
        assertThat(found()).containsExactlyInAnyOrder("late-writes", "duplicates", "state-forgotten");
    }

    @Test
    void cannotTellWhereNobodyOrSomebodyElseAnswers() throws IOException {
        String address = "http://" + front.address();
        front.close();
        CommandLineRun nobody = CommandLineRun.of("doctor", "--url", address);
        assertThat(nobody.exitStatus()).isEqualTo(2);
        assertThat(nobody.err()).contains("cannot ask " + address);
        assertThat(CommandLineRun.of("doctor", "--url", "127.0.0.1:1").exitStatus())
                .isEqualTo(2);
        assertThat(CommandLineRun.of("doctor", "--url", address, "audit.log").err())
                .contains("do not go with it");
    }
}
