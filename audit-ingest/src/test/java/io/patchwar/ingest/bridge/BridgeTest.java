package io.patchwar.ingest.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.ingest.bridge.BridgeConfig.Start;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.service.kafka.KafkaConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without a broker. */
class BridgeTest {
    @Test
    void isNotWellWhereNobodyAnswers() throws Exception {
        CollectedRecords out = new CollectedRecords();
        // Taken and never answered: nobody else can have the port meanwhile.
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BridgeConfig config = new BridgeConfig(
                    "b",
                    KafkaConnection.to("127.0.0.1:" + mute.getLocalPort()),
                    List.of("audit"),
                    "g",
                    ClusterNaming.always("c"),
                    Start.EARLIEST,
                    BridgeConfig.PATIENCE);
            Bridge bridge = new Bridge(config, out.pipeline(), new IngestMetrics(out.meters));
            assertThat(bridge.check().ok()).isFalse();
            bridge.start();
            try {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> bridge.check().detail().contains("does not answer"));
                assertThat(bridge.check().ok()).isFalse();
            } finally {
                bridge.close();
            }
        }
    }
}
