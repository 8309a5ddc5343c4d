package io.patchwar.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.broker.InProcessBroker;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.stage.BrokerStage;
import io.patchwar.processor.stage.Feud;
import io.patchwar.processor.stage.TestConfigs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus is told by the whole service, as it scrapes it. */
class MetricsIT {
    private static final int MOST_SERIES = 800;

    @TempDir
    private Path data;

    @Test
    void hasNoMoreSeriesAfterTenThousandObjectsThanAfterAHundred() throws Exception {
        try (InProcessBroker broker = InProcessBroker.over(data.resolve("broker"))) {
            ProcessorConfig config = TestConfigs.on(broker.bootstrap(), data.resolve("state"), 4);
            try (BrokerStage stage = new BrokerStage(config);
                    ProcessorService service = BrokerStage.start(config)) {
                feuds(stage, 0, 100);
                List<String> few = scrape(service);
                feuds(stage, 100, 10_000);
                List<String> many = scrape(service);

                assertThat(few.size()).isLessThanOrEqualTo(MOST_SERIES);
                assertThat(many.size()).isLessThanOrEqualTo(MOST_SERIES);
                // Meters of Kafka's own come as they are first used, and are few.
                assertThat(many.size()).isLessThan(few.size() + 50);
                assertThat(many).noneMatch(line -> line.contains("object-number") || line.contains("data.mode"));
                assertThat(many).anyMatch(line -> line.startsWith("patchwar_wars_started_total{"));
                assertThat(many).anyMatch(line -> line.startsWith("patchwar_detection_latency_seconds_bucket{"));
                assertThat(many).anyMatch(line -> line.startsWith("patchwar_event_lag_seconds{"));
                assertThat(many).anyMatch(line -> line.startsWith("kafka_stream_"));
                assertThat(many).anyMatch(line -> line.startsWith("kafka_consumer_fetch_manager_records_lag_max"));
            }
        }
    }

    @Test
    void explainsEveryMetric() throws Exception {
        try (InProcessBroker broker = InProcessBroker.over(data.resolve("broker"))) {
            ProcessorConfig config = TestConfigs.on(broker.bootstrap(), data.resolve("state"), 1);
            try (BrokerStage stage = new BrokerStage(config);
                    ProcessorService service = BrokerStage.start(config)) {
                feuds(stage, 0, 10);
                scrape(service);

                List<String> help = page(service)
                        .lines()
                        .filter(line -> line.startsWith("# HELP patchwar_"))
                        .toList();
                assertThat(help)
                        .hasSizeGreaterThan(20)
                        .allMatch(line -> line.split(" ", 4).length == 4 && !line.split(" ", 4)[3].isBlank());
            }
        }
    }

    private static void feuds(BrokerStage stage, int from, int to) throws Exception {
        Instant began = Instant.now().minusSeconds(60);
        for (int i = from; i < to; i++) {
            // A war now and then; one write of all others.
            stage.send(new Feud("cluster-" + i % 3, "object-number-" + i, began).writes(0, i % 100 == 0 ? 8 : 1));
        }
        for (int i = 0; i < 3; i++) {
            stage.send(new Feud("cluster-" + i, "", began).heard(began.plusSeconds(120)));
        }
        stage.awaitProcessed();
    }

    /** Series, once the counters have been brought up to date. */
    private static List<String> scrape(ProcessorService service) throws Exception {
        await().atMost(BrokerStage.PATIENCE)
                .until(() -> page(service).contains("patchwar_wars_started_total{")
                        && page(service).contains("patchwar_stream_writes_total{outcome=\"judged\"}"));
        return page(service).lines().filter(line -> !line.startsWith("#")).toList();
    }

    private static String page(ProcessorService service) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + service.http() + "/metrics"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
