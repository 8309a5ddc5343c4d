package io.patchwar.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchwar.broker.BrokerProcessConfig;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.service.kafka.Topics;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServeConfigTest {
    private static ServeConfig read(String yaml) throws Exception {
        return ServeConfig.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), Environment.NONE);
    }

    @Test
    void theExampleShowsTheDefaults() throws Exception {
        try (InputStream example = Files.newInputStream(Path.of("..", "docs", "serve.example.yaml"))) {
            assertThat(ServeConfig.read(example, Environment.NONE).effective())
                    .isEqualTo(ServeConfig.defaults(Environment.NONE).effective())
                    .containsEntry("ingest.webhook.listen", "127.0.0.1:8090")
                    .containsEntry("processor.http.listen", "127.0.0.1:8080")
                    .containsEntry("broker.kept", "2GiB");
        }
    }

    @Test
    void takesTheSectionsOfBothServices() throws Exception {
        assertThat(read("""
                        ingest: {scope: {excludedNamespaces: [kube-system]}}
                        processor: {detection: {rules: {reversals: 5}}, stream: {threads: 4}}
                        """).effective())
                .containsEntry("ingest.scope.excludedNamespaces", "[kube-system]")
                .containsEntry("processor.detection.rules.reversals", "5")
                .containsEntry("processor.stream.threads", "4");
    }

    @Test
    void alertsLeadToWhereItListensUnlessItIsReachedElsewhere() throws Exception {
        String key = "processor.alerting.externalUrl";

        assertThat(read("processor: {http: {listen: \"127.0.0.1:9999\"}}").effective())
                .containsEntry(key, "http://127.0.0.1:9999");
        assertThat(read("processor: {http: {listen: \"[::1]:9999\"}}").effective())
                .containsEntry(key, "http://[::1]:9999");
        assertThat(read("processor: {http: {listen: \"0.0.0.0:9999\"}}")
                        .effective()
                        .get(key))
                .matches("http://[^/]+:9999")
                .doesNotContain("0.0.0.0");
        assertThat(read("processor: {http: {listen: \"127.0.0.1:0\"}}").effective())
                .containsEntry(key, "(none: alerts have no link)");
        assertThat(read("processor: {alerting: {externalUrl: \"https://patchwar.example\"}}")
                        .effective())
                .containsEntry(key, "https://patchwar.example");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> read("""
                        partitions: 0
                        broker: {leastFree: lots}
                        kafka: {bootstrap: "elsewhere:9092"}
                        processor: {stream: {stateDirectory: /state}}
                        ingest: {webhok: {}}
                        """))
                .isInstanceOf(YamlProblems.class)
                .hasMessageContaining("partitions: must be a whole number from 1")
                .hasMessageContaining("broker.leastFree: must be an amount of memory")
                .hasMessageContaining("kafka: unknown key")
                .hasMessageContaining("processor.stream.stateDirectory: is in the data directory")
                .hasMessageContaining("ingest.webhok: unknown key; did you mean \"webhook\"?");
    }

    @Test
    void theEnvironmentIsOverTheFileAndTheLauncherHasItsOwn() throws Exception {
        Environment environment =
                Environment.of(Map.of("PATCHWAR_BROKER_KEPT", "1GiB", "PATCHWAR_HEAP", "1g"), "PATCHWAR_HEAP");

        assertThat(ServeConfig.defaults(environment).effective()).containsEntry("broker.kept", "1GiB");
    }

    @Test
    void isOpenToOthersOnlyWithTlsAndNames() throws Exception {
        ServeConfig config = read("");

        assertThat(config.withIngest(new HttpAddress("::1", 9)).ingest().webhook())
                .isNotNull();
        assertThatThrownBy(() -> config.withIngest(new HttpAddress("0.0.0.0", 9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback");
    }

    @Test
    void sharesWhatIsKeptAmongAllPartitionsThatGrow() throws Exception {
        BrokerProcessConfig broker =
                read("broker: {kept: 900MiB, heap: 200MiB}").broker().in(Path.of("data"), new Topics("", 4, (short) 1));

        assertThat(broker.retainedBytes()).isEqualTo(100L << 20);
        assertThat(broker.heap()).isEqualTo("200m");
    }
}
