package io.patchwar.processor.stage;

import io.patchwar.processor.alerting.AlertSettings;
import io.patchwar.processor.board.BoardBounds;
import io.patchwar.processor.config.DeadLetterSettings;
import io.patchwar.processor.config.Delivery;
import io.patchwar.processor.config.DigestSecret;
import io.patchwar.processor.config.OutputSettings;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.config.StreamSettings;
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
        return new ProcessorConfig(
                new KafkaSettings(KafkaConnection.to(bootstrap), new Topics("", partitions, (short) 1), true),
                new StreamSettings(
                        "patchwar",
                        "",
                        directory,
                        1,
                        Delivery.AT_LEAST_ONCE,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(6),
                        0,
                        32 << 20,
                        Map.of()),
                OutputSettings.DEFAULT,
                DeadLetterSettings.DEFAULT,
                new HttpAddress("127.0.0.1", 0),
                ProcessorConfig.defaultDetection(),
                64 << 20,
                BoardBounds.DEFAULT,
                AlertSettings.to(),
                DigestSecret.of(new byte[16]));
    }
}
