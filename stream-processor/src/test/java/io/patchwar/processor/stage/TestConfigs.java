package io.patchwar.processor.stage;

import io.patchwar.processor.alerting.AlertSettings;
import io.patchwar.processor.board.BoardBounds;
import io.patchwar.processor.config.DeadLetterSettings;
import io.patchwar.processor.config.Delivery;
import io.patchwar.processor.config.DigestSecret;
import io.patchwar.processor.config.OutputSettings;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.config.StreamSettings;
import io.patchwar.processor.measuring.PrometheusSettings;
import io.patchwar.service.config.KafkaSettings;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.service.kafka.KafkaConnection;
import io.patchwar.service.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Configurations for tests: everything small, on loopback, ports chosen by the system. */
public final class TestConfigs {
    private TestConfigs() {}

    /** A processor of that many partitions, with state in a directory of its own. */
    public static ProcessorConfig on(String bootstrap, Path directory, int partitions) {
        return named("patchwar", bootstrap, directory, partitions);
    }

    /** The same, as an application of that name, which also is before its topics' names. */
    public static ProcessorConfig named(String name, String bootstrap, Path directory, int partitions) {
        return of(
                new Topics(name.equals("patchwar") ? "" : name + "-", partitions, (short) 1),
                bootstrap,
                stream(name, directory));
    }

    public static ProcessorConfig of(Topics topics, String bootstrap, StreamSettings stream) {
        return new ProcessorConfig(
                new KafkaSettings(KafkaConnection.to(bootstrap), topics, true),
                stream,
                OutputSettings.DEFAULT,
                DeadLetterSettings.DEFAULT,
                new HttpAddress("127.0.0.1", 0),
                ProcessorConfig.defaultDetection(),
                64 << 20,
                BoardBounds.DEFAULT,
                AlertSettings.to(),
                PrometheusSettings.NONE,
                DigestSecret.of(new byte[16]));
    }

    /** Commits five times a second; one thread. */
    public static StreamSettings stream(String name, Path directory) {
        return stream(name, directory, Delivery.AT_LEAST_ONCE, 0, Map.of());
    }

    public static StreamSettings stream(
            String name, Path directory, Delivery delivery, int standbys, Map<String, String> properties) {
        return new StreamSettings(
                name,
                "",
                directory,
                1,
                delivery,
                Duration.ofMillis(200),
                Duration.ofSeconds(6),
                standbys,
                32 << 20,
                properties);
    }

    /** The same with another budget for bad records. */
    public static ProcessorConfig with(ProcessorConfig config, DeadLetterSettings letters) {
        return new ProcessorConfig(
                config.kafka(),
                config.stream(),
                config.output(),
                letters,
                config.http(),
                config.detection(),
                config.hotBytes(),
                config.board(),
                config.alerting(),
                config.prometheus(),
                config.secret());
    }
}
