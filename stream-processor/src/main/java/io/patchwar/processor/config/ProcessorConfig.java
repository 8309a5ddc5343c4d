package io.patchwar.processor.config;

import io.patchwar.processor.alerting.AlertSettings;
import io.patchwar.processor.board.BoardBounds;
import io.patchwar.processor.measuring.PrometheusSettings;
import io.patchwar.service.config.KafkaSettings;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.settings.Amounts;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import io.patchwar.settings.YamlSection;
import io.patchwar.watch.WatchConfig;
import io.patchwar.watch.config.Settings;
import io.patchwar.watch.live.LiveConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that an operator can set of the stream processor. {@code docs/stream-processor.example.yaml} shows every key with its
 * default. Immutable.
 *
 * @param http where health, metrics and the API are served
 * @param detection what is a war; its bounds are of the whole stream, shared evenly by the partitions
 * @param hotBytes of heap for objects that this instance keeps decoded
 * @param board what this instance may keep of all wars
 * @param alerting whom to tell
 * @param prometheus who is asked what audit logs do not tell
 */
public record ProcessorConfig(
        KafkaSettings kafka,
        StreamSettings stream,
        OutputSettings output,
        DeadLetterSettings deadLetters,
        HttpAddress http,
        Settings detection,
        long hotBytes,
        BoardBounds board,
        AlertSettings alerting,
        PrometheusSettings prometheus,
        DigestSecret secret) {
    /** Where a processor listens if nobody says otherwise: this machine alone reaches it. */
    public static final HttpAddress DEFAULT_HTTP = new HttpAddress("127.0.0.1", 8080);

    public static final long DEFAULT_HOT_BYTES = 256L << 20;

    private static final long LEAST_SHARE = 1 << 20;

    /** Bounds of state that lies on disk, where a scan's lies on the heap. */
    private static final Settings DETECTION = detection(Settings.defaults());

    private static Settings detection(Settings scan) {
        WatchConfig watch = scan.watch();
        return new Settings(
                scan.cluster(), scan.scope(), watch.bounded(0, 256L << 20, 2_000_000, 8L << 30, watch.mostWars()));
    }

    /** What holds of the detection if nobody says otherwise. */
    public static Settings defaultDetection() {
        return DETECTION;
    }

    /**
     * The defaults, changed as the YAML file has it, and over that as the environment has it.
     *
     * @throws YamlProblems everything that is wrong, each with its path
     */
    public static ProcessorConfig read(InputStream yaml, Environment environment) throws IOException, YamlProblems {
        YamlSection file = YamlSection.read(yaml, environment);
        ProcessorConfig config = read(file, KafkaSettings.read(file), DigestSecret.read(file), DEFAULT_HOT_BYTES);
        file.finish();
        return config;
    }

    /**
     * The sections of a processor whose Kafka and secret are known from elsewhere. What is wrong is noted in the file.
     *
     * @param hotBytes if the file does not say
     */
    public static ProcessorConfig read(YamlSection file, KafkaSettings kafka, DigestSecret secret, long hotBytes) {
        StreamSettings stream = StreamSettings.read(file);
        Settings detection = Settings.read(file.section("detection"), DETECTION);
        OutputSettings output =
                OutputSettings.read(file, detection.watch().rules().window());
        DeadLetterSettings deadLetters = DeadLetterSettings.read(file);
        HttpAddress http = http(file.section("http"));
        long hot = file.section("memory").bytes("hotBytes", hotBytes, 4 << 20, 64L << 30);
        BoardBounds board = BoardBounds.read(file);
        AlertSettings alerting = AlertSettings.read(file);
        PrometheusSettings prometheus = PrometheusSettings.read(file.section("prometheus"));
        return new ProcessorConfig(
                kafka, stream, output, deadLetters, http, detection, hot, board, alerting, prometheus, secret);
    }

    /** The same processor in another place. */
    public ProcessorConfig at(KafkaSettings otherKafka, Path stateDirectory, DigestSecret otherSecret) {
        return new ProcessorConfig(
                otherKafka,
                stream.in(stateDirectory),
                output,
                deadLetters,
                http,
                detection,
                hotBytes,
                board,
                alerting,
                prometheus,
                otherSecret);
    }

    /** The same processor, listening elsewhere. */
    public ProcessorConfig listeningOn(HttpAddress address) {
        return new ProcessorConfig(
                kafka, stream, output, deadLetters, address, detection, hotBytes, board, alerting, prometheus, secret);
    }

    /** The same processor, with links in its alerts to that address of it, unless the operator has set another. */
    public ProcessorConfig reachedAt(URI address) {
        return new ProcessorConfig(
                kafka,
                stream,
                output,
                deadLetters,
                http,
                detection,
                hotBytes,
                board,
                alerting.reachedAt(address),
                prometheus,
                secret);
    }

    private static HttpAddress http(YamlSection section) {
        String text = section.text("listen", DEFAULT_HTTP.toString());
        HttpAddress address = HttpAddress.parse(text);
        if (address == null) {
            section.problem("listen", "must be HOST:PORT, such as 127.0.0.1:8080 or [::]:8080");
            return DEFAULT_HTTP;
        }
        return address;
    }

    /** How one partition is watched: each has its even share of what the whole stream may take. */
    public LiveConfig partition() {
        WatchConfig all = detection.watch();
        int partitions = kafka.topics().partitions();
        WatchConfig share = all.bounded(
                all.heldEvents(),
                Math.max(LEAST_SHARE, all.mostHeldBytes() / partitions),
                Math.max(1_000, all.mostObjects() / partitions),
                Math.max(LEAST_SHARE, all.mostBytes() / partitions),
                Math.max(10, all.mostWars() / partitions));
        LiveConfig usual = LiveConfig.of(share);
        return new LiveConfig(
                share,
                output.progress(),
                usual.hotObjects(),
                Math.max(LEAST_SHARE, hotBytes / partitions),
                usual.storedBytes(),
                usual.mostValueBytes(),
                usual.slice());
    }

    /** Every key with its value as it holds, spelled as in the file, secrets hidden. */
    public Map<String, String> effective() {
        Map<String, String> table = new LinkedHashMap<>();
        kafka.show(table);
        stream.show(table);
        output.show(table);
        deadLetters.show(table);
        table.put("http.listen", http.toString());
        table.put("memory.hotBytes", Amounts.text(hotBytes));
        board.show(table);
        alerting.show(table);
        prometheus.show(table);
        table.put("digestKeyFile", secret.toString());
        detection.effective().forEach((key, value) -> table.put("detection." + key, value));
        return table;
    }
}
