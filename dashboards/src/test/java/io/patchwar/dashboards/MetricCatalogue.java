package io.patchwar.dashboards;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchwar.ingest.IngestService;
import io.patchwar.ingest.config.IngestSettings;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.metrics.Reading;
import io.patchwar.model.Lifecycle;
import io.patchwar.model.War;
import io.patchwar.model.wire.ClusterLoad.WantOfRoom;
import io.patchwar.model.wire.WarJson;
import io.patchwar.pressure.Burden;
import io.patchwar.pressure.ClusterPressure;
import io.patchwar.pressure.EtcdSpace;
import io.patchwar.pressure.PressureConfig;
import io.patchwar.processor.ProcessorService;
import io.patchwar.processor.board.BoardMetrics;
import io.patchwar.processor.board.BoardView;
import io.patchwar.processor.board.ClusterStanding;
import io.patchwar.processor.board.Standing;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.metrics.KafkaMeters;
import io.patchwar.processor.metrics.ProcessorMetrics;
import io.patchwar.settings.Environment;
import io.patchwar.watch.live.LiveAccount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every metric that can be asked for, with its labels: ours as their own code registers them, in services that are put
 * together and never started; Kafka's that are kept; etcd's and the API server's from scrapes that are checked in.
 */
final class MetricCatalogue {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    /** What Prometheus adds to every series. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    /** Labels that Kafka's meters are known by here. */
    private static final Set<String> OF_KAFKA = Set.of("client_id", "thread_id");

    private final Map<String, Set<String>> labels = new TreeMap<>();

    private MetricCatalogue() {}

    static MetricCatalogue read(Path data) throws Exception {
        MetricCatalogue catalogue = new MetricCatalogue();
        catalogue.add(ours(data));
        for (String kept : KafkaMeters.KEPT) {
            String name = kept.replace('.', '_');
            catalogue.labels.put(name, OF_KAFKA);
            catalogue.labels.put(name + "_total", OF_KAFKA);
        }
        for (String scrape : List.of("etcd", "apiserver", "apiserver-older")) {
            catalogue.add(Files.readString(Path.of("src", "test", "resources", "scrapes", scrape + ".txt")));
        }
        catalogue.labels.put("up", Set.of());
        return catalogue;
    }

    /** Labels of the metric of that name, Prometheus' own included; empty if there is no such metric. */
    Set<String> labelsOf(String name) {
        Set<String> own = labels.get(name);
        if (own == null) {
            return Set.of();
        }
        Set<String> all = new TreeSet<>(own);
        all.addAll(OF_PROMETHEUS);
        return all;
    }

    boolean has(String name) {
        return labels.containsKey(name);
    }

    Set<String> names() {
        return labels.keySet();
    }

    private void add(String scrape) {
        Matcher sample = SAMPLE.matcher(scrape);
        while (sample.find()) {
            Set<String> known = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
            Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
                known.add(label.group(1));
            }
        }
    }

    private static String ours(Path data) throws Exception {
        ProcessorConfig processor = ProcessorConfig.read(
                yaml("""
                digestKeyFile: %s
                alerting: {alertmanagers: [{url: "http://127.0.0.1:9093"}]}
                """.formatted(
                                Files.writeString(data.resolve("digest.key"), "for a catalogue, and for no secret"))),
                none());
        IngestSettings ingest = IngestSettings.read(yaml("""
                data: %1$s
                digestKeyFile: %1$s/digest.key
                webhook: {listen: "127.0.0.1:0"}
                files: {logs: [{cluster: prod, paths: [%1$s/audit.log]}]}
                """.formatted(data)), none());
        try (ProcessorService service = new ProcessorService(processor);
                IngestService reception = IngestService.of(ingest, service.metrics(), service.health())) {
            MeterRegistry registry = service.metrics().registry();
            happens(new ProcessorMetrics(registry, InstantSource.system()));
            happens(reception.metrics());
            new BoardMetrics(registry).show(board(), 0);
            return service.metrics().scrape();
        }
    }

    private static InputStream yaml(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Environment none() {
        return Environment.of(Map.of());
    }

    /** Some meters are registered when they first have something to count. */
    private static void happens(ProcessorMetrics metrics) {
        metrics.accepted("0_0", "prod", Instant.now());
        metrics.heartbeat("0_0", "prod", Instant.now());
        metrics.changed("prod", 1);
        metrics.rejected("prod", "not-json");
        metrics.account("0_0", new LiveAccount(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private static void happens(IngestMetrics metrics) {
        Reading reading = new Reading();
        reading.accepted();
        reading.skipped("read-only");
        reading.rejected("not-json");
        metrics.count("prod", reading);
    }

    /** A war of the recording, with more members. */
    private static War war(String more) throws IOException {
        String text = Files.readString(Path.of("src", "test", "resources", "war.json"));
        try (JsonParser json = new JsonFactory().createParser(text.replaceFirst("\\{", "{" + more))) {
            json.nextToken();
            return WarJson.read(json);
        }
    }

    private static BoardView board() throws IOException {
        War war = war("");
        War muted = war("\"muted\": \"tried\",");
        Instant now = war.lastChangeAt();
        ClusterPressure pressure = ClusterPressure.of(
                now, List.of(Burden.of(war)), List.of(), new EtcdSpace(1 << 20, null, null), PressureConfig.DEFAULT);
        return new BoardView(
                1,
                List.of(
                        new Standing(
                                war, Lifecycle.OPENED, true, pressure.wars().get(war.id())),
                        new Standing(muted, Lifecycle.OPENED, true, null)),
                List.of(),
                Map.of(war.object().cluster(), new ClusterStanding(null, now, now, true, pressure, WantOfRoom.NONE)));
    }
}
