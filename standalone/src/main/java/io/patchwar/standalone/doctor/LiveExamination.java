package io.patchwar.standalone.doctor;

import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.envelope.Envelope;
import io.patchwar.model.words.SafeText;
import io.patchwar.model.words.Spans;
import io.patchwar.standalone.doctor.Measures.Measure;
import io.patchwar.standalone.report.InputAccount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Asks a running ingest, stream processor, or both in one ({@code patchwar serve}), what it counts and which part fails. */
public final class LiveExamination {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double SHARE = 0.01;
    private static final double LATE_SHARE = 0.001;
    private static final double SILENT_SECONDS = 60;
    private static final double LATE_SECONDS = 30;
    private static final double SPOOL_SECONDS = 30;
    private static final int MOST_BYTES = 16 << 20;

    private static final String EVENTS = "patchwar_audit_events_total";
    private static final String STREAM = "patchwar_stream_events_total";
    private static final String WRITES = "patchwar_stream_writes_total";

    /** What each of these counts is gone. */
    private static final Map<String, String> LOSSES = Map.of(
            "patchwar_ingest_files_lost_total", "log files gone before they were read",
            "patchwar_ingest_records_refused_total", "records that Kafka will never take (dead letters tell which)",
            "patchwar_records_not_written_total", "records that Kafka refused");

    private final List<Finding> findings = new ArrayList<>();
    private Measures measures = Measures.read("");

    private LiveExamination() {}

    /**
     * Examines the service.
     *
     * @param base scheme, host and port
     * @throws IOException if it does not answer, or is not Patchwar's
     */
    public static Diagnosis of(URI base) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpResponse<String> metrics = get(client, base, "/metrics");
        if (metrics.statusCode() != 200 || !metrics.body().contains("patchwar_")) {
            throw new IOException(base + "/metrics is not Patchwar's (status " + metrics.statusCode()
                    + "); give the address of http.listen");
        }
        HttpResponse<String> ready = get(client, base, "/readyz");
        return new LiveExamination().examine(metrics.body(), ready.statusCode(), ready.body());
    }

    private static HttpResponse<String> get(HttpClient client, URI base, String path)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private Diagnosis examine(String metrics, int status, String ready) {
        measures = Measures.read(metrics.length() > MOST_BYTES ? metrics.substring(0, MOST_BYTES) : metrics);
        parts(status, ready);
        silence();
        losses();
        unreadable();
        lateness();
        spool();
        writes();
        forgotten();
        findings.sort((a, b) -> a.symptom().compareTo(b.symptom()));
        double accepted = Math.max(outcome(EVENTS, "accepted"), outcome(STREAM, "accepted"));
        List<String> clusters =
                List.copyOf(new TreeSet<>(Stream.concat(measures.of(EVENTS).stream(), measures.of(STREAM).stream())
                        .map(measure -> measure.label("cluster"))
                        .toList()));
        return new Diagnosis(
                DoctorReport.plural((long) accepted, "write", "writes") + " of "
                        + DoctorReport.plural(clusters.size(), "cluster", "clusters") + " since the service started",
                new InputAccount(
                        (long) accepted,
                        new EnumMap<>(SkipReason.class),
                        new EnumMap<>(RejectReason.class),
                        new EnumMap<>(Envelope.class)),
                clusters,
                findings,
                Map.of());
    }

    private void parts(int status, String ready) {
        List<String> failing = ready.lines()
                .filter(line -> line.startsWith("FAILED") || line.contains("FAILING:") || line.contains("AWAY,"))
                .map(line -> SafeText.of(line.replaceFirst("^(FAILED|ok) +", ""), 400))
                .toList();
        if (status != 200 || !failing.isEmpty()) {
            findings.add(new Finding(Symptom.PART_FAILING, Math.max(1, failing.size()), 0, failing));
        }
    }

    private void silence() {
        List<String> silent = new ArrayList<>();
        for (Measure stalled : measures.of("patchwar_stream_stalled_seconds")) {
            if (stalled.value() > SILENT_SECONDS) {
                silent.add(SafeText.name(stalled.label("cluster")) + " since " + span(stalled.value()));
            }
        }
        if (!measures.has(EVENTS) && !measures.has(STREAM)) {
            silent.add("no event of any cluster has come since the service started");
        }
        if (!silent.isEmpty()) {
            findings.add(new Finding(Symptom.NOTHING_HEARD, silent.size(), 0, first(silent)));
        }
    }

    private void losses() {
        List<String> lost = new ArrayList<>();
        LOSSES.forEach((name, words) -> {
            double n = measures.sum(name);
            if (n > 0) {
                lost.add(Spans.number((long) n) + " " + words);
            }
        });
        if (!lost.isEmpty()) {
            findings.add(new Finding(Symptom.EVENTS_LOST, lost.size(), 0, lost));
        }
    }

    private void unreadable() {
        for (String events : List.of(EVENTS, STREAM)) {
            double rejected = outcome(events, "rejected");
            double read = measures.sum(events);
            if (rejected >= 3 && rejected > SHARE * read) {
                Tally reasons = new Tally();
                measures.of(events.replace("_total", "_rejected_total"))
                        .forEach(measure -> reasons.add(measure.label("reason"), (long) measure.value()));
                findings.add(new Finding(
                        Symptom.UNREADABLE, (long) rejected, (long) read, List.of("by reason: " + reasons.most(5))));
                return;
            }
        }
    }

    private void lateness() {
        List<String> late = new ArrayList<>();
        for (Measure lag : measures.of("patchwar_event_lag_seconds")) {
            if (lag.value() > LATE_SECONDS) {
                late.add(SafeText.name(lag.label("cluster")) + " by " + span(lag.value()));
            }
        }
        if (!late.isEmpty()) {
            findings.add(new Finding(Symptom.LATE_ARRIVAL, late.size(), 0, first(late)));
        }
    }

    private void spool() {
        double bytes = measures.sum("patchwar_ingest_spool_bytes");
        double age = measures.sum("patchwar_ingest_spool_oldest_age_seconds");
        if (bytes > 0 && age > SPOOL_SECONDS) {
            double capacity = measures.sum("patchwar_ingest_spool_capacity_bytes");
            findings.add(new Finding(
                    Symptom.SPOOL_IN_USE,
                    (long) bytes,
                    (long) capacity,
                    List.of("bytes, the oldest from " + span(age) + " ago")));
        }
    }

    private void writes() {
        double all = measures.sum(WRITES);
        double late = outcome(WRITES, "late");
        double twice = outcome(WRITES, "duplicate");
        if (late >= 3 && late > LATE_SHARE * all) {
            findings.add(new Finding(Symptom.LATE_WRITES, (long) late, (long) all, List.of()));
        }
        if (twice >= 3 && twice > SHARE * all) {
            findings.add(new Finding(Symptom.DUPLICATES, (long) twice, (long) all, List.of()));
        }
    }

    private void forgotten() {
        Tally reasons = new Tally();
        measures.of("patchwar_forgotten_total").stream()
                // What expired was old enough, and forgotten on purpose.
                .filter(measure -> !measure.label("reason").equals("expired") && measure.value() > 0)
                .forEach(measure -> reasons.add(measure.label("reason"), (long) measure.value()));
        if (reasons.total() > 0) {
            findings.add(new Finding(Symptom.STATE_FORGOTTEN, reasons.total(), 0, List.of(reasons.most(4))));
        }
    }

    private double outcome(String name, String outcome) {
        return measures.sum(name, measure -> measure.label("outcome").equals(outcome));
    }

    private static String span(double seconds) {
        return Spans.duration(Duration.ofMillis((long) (1_000 * seconds)));
    }

    private static List<String> first(List<String> all) {
        return all.subList(0, Math.min(5, all.size()));
    }
}
