package io.patchwar.benchmarks.stream;

import io.patchwar.model.wire.TopicName;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The measurements, each an application of its own over one broker. One thread. */
final class StreamParts {
    private static final Duration DRAINED = Duration.ofMinutes(2);
    private static final int CLUSTERS_OF_A_MILLION = 110;

    private final Stage stage;
    private final StreamOptions options;
    private final StreamResults results;

    StreamParts(Stage stage, StreamOptions options, StreamResults results) {
        this.stage = stage;
        this.options = options;
        this.results = results;
    }

    /** As many events as are judged; or so many as were asked for. */
    void throughput() throws IOException, InterruptedException {
        try (StreamRun run = new StreamRun(stage, options, "throughput", 1, 1)) {
            run.warmUp(options.warmUp(), options.rateOr(0));
            long events = run.load().events();
            long bytes = run.load().bytes();
            Map<String, Double> before = run.processor(0).byThread();
            Window window = run.measure(options.seconds());
            Map<String, Double> after = run.processor(0).byThread();
            long size = (run.load().bytes() - bytes) / Math.max(1, run.load().events() - events);
            results.add(
                    "sustained events",
                    format("%,.0f /s for %d s", window.perSecond(), options.seconds()),
                    "15,000 /s, aim 30,000",
                    window.perSecond() >= 15_000);
            results.note("lag", window.lagText() + "; events of " + size + " bytes");
            results.note("processor time", window.shares());
            results.note("of the processor's", threads(before, after, window.judged()));
            results.note(
                    "objects, wars",
                    format(
                            "%,.0f tracked, %,.0f fought",
                            run.processor(0).metric("patchwar_tracked_objects"),
                            run.processor(0).metric("patchwar_stream_wars")));
            results.note("state", format("%,.0f MB encoded", run.processor(0).metric("patchwar_tracked_bytes") / 1e6));
            results.note("processor", usage(run.processor(0).usage()));
            results.note("broker", usage(stage.broker()));
        }
    }

    private static String threads(Map<String, Double> before, Map<String, Double> after, long judged) {
        return after.entrySet().stream()
                .map(each -> Map.entry(
                        each.getKey(), (each.getValue() - before.getOrDefault(each.getKey(), 0.0)) / judged * 1e6))
                .filter(each -> each.getValue() > 0.5)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(each -> format("%.1f µs %s", each.getValue(), each.getKey()))
                .collect(Collectors.joining(", "));
    }

    /** From an event on its way to its war read. */
    void latency() throws IOException, InterruptedException {
        int rate = options.rateOr(5_000);
        try (StreamRun run = new StreamRun(stage, options, "latency", 1, 1);
                WarReader wars = new WarReader(stage.bootstrap(), run.topics().name(TopicName.WARS))) {
            run.warmUp(options.warmUp(), rate);
            wars.forget();
            Window window = run.measure(options.seconds());
            results.add(
                    "event to war, p99",
                    format(
                            "%,d ms at %,.0f events/s, over %,d updates",
                            wars.quantile(0.99), window.perSecond(), wars.updates()),
                    "under 1,000 ms at 5,000 /s, over 2,000 updates",
                    wars.quantile(0.99) < 1_000 && wars.updates() >= 2_000);
            results.note(
                    "median, p99.9, most",
                    format(
                            "%,d, %,d, %,d ms; %d wars",
                            wars.quantile(0.5), wars.quantile(0.999), wars.quantile(1), wars.wars()));
            results.note("state", format("%,.0f MB encoded", run.processor(0).metric("patchwar_tracked_bytes") / 1e6));
            results.note("lag", window.lagText());
            results.note("processor time", window.shares());
        }
    }

    /** What an event costs, by one instance and by three. */
    void instances() throws IOException, InterruptedException {
        double one = perEvent("one", 1);
        double three = perEvent("three", 3);
        results.add(
                "processor time for an event, 3 instances to 1",
                format("%.2f (%.1f µs to %.1f µs)", three / one, three, one),
                "at most 1.15",
                three / one <= 1.15);
    }

    private double perEvent(String application, int instances) throws IOException, InterruptedException {
        try (StreamRun run = new StreamRun(stage, options, application, instances, 1)) {
            // Each compiles what it needs, from a third of the events.
            run.warmUp(options.warmUp() * instances, options.rateOr(5_000));
            Window window = run.measure(options.seconds());
            results.note(application + ": lag", window.lagText());
            results.note(application + ": processor time", window.shares());
            return window.microsPerEvent();
        }
    }

    /** A million objects, three or so writes each: what they take, and what a restart takes. */
    void million() throws IOException, InterruptedException {
        int clusters = Math.max(1, (int) ((long) options.objects() * CLUSTERS_OF_A_MILLION / 1_000_000));
        int least = options.objects();
        ProcessUsage full;
        try (StreamRun run = new StreamRun(stage, options, "million", 1, clusters)) {
            long deadline = System.nanoTime() + Duration.ofMinutes(30).toNanos();
            while (run.processor(0).metric("patchwar_tracked_objects") < least) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("not " + least + " objects in half an hour");
                }
                run.pass(10);
            }
            run.drain(DRAINED);
            full = run.processor(0).usage();
            results.add(
                    format("memory with %,.0f objects", run.processor(0).metric("patchwar_tracked_objects")),
                    usage(full),
                    "under 2,048 MiB",
                    full.peakResidentBytes() < 2L << 30);
            results.note(
                    "state",
                    format(
                            "%,d MB on disk, %,.0f MB encoded",
                            Stage.size(run.home(0).resolve("state")) / 1_000_000,
                            run.processor(0).metric("patchwar_tracked_bytes") / 1e6));
            run.processor(0).stop();
            double kept = restart(run);
            results.add("restart, state kept", format("%.1f s", kept), "under 30 s", kept < 30);
            Stage.delete(run.home(0).resolve("state"));
            results.note("restart, state lost", format("%.1f s", restart(run)));
        }
    }

    private double restart(StreamRun run) throws IOException, InterruptedException {
        try (ProcessorRun again = ProcessorRun.start(run.home(0), stage.bootstrap(), "million", options)) {
            double seconds = again.awaitReady(Duration.ofMinutes(10));
            results.note("wars known again", format("%,.0f", again.metric("patchwar_stream_wars")));
            again.stop();
            return seconds;
        }
    }

    private static String usage(ProcessUsage usage) {
        return format("%,d MiB resident, %,d at most", usage.residentBytes() >> 20, usage.peakResidentBytes() >> 20);
    }

    @SuppressWarnings("AnnotateFormatMethod") // The annotation is Error Prone's own, and no dependency here.
    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
