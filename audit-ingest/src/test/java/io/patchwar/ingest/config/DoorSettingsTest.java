package io.patchwar.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchwar.ingest.bridge.BridgeConfig;
import io.patchwar.ingest.files.FilesConfig;
import io.patchwar.ingest.files.FilesConfig.Start;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The sections {@code files} and {@code bridge}. */
class DoorSettingsTest {
    private static IngestSettings read(String yaml) throws IOException, YamlProblems {
        String whole = "digestKeyFile: digest.key\n" + yaml;
        return IngestSettings.read(
                new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8)), Environment.of(Map.of()));
    }

    @Test
    void withoutThemThereIsNeither() throws Exception {
        IngestSettings settings = read("data: /d");
        assertThat(settings.files()).isNull();
        assertThat(settings.bridges()).isEmpty();
        assertThat(settings.effective()).containsEntry("files.logs", "(none)").containsEntry("bridge", "(none)");
    }

    @Test
    void readsLogs() throws Exception {
        IngestSettings settings = read("""
                data: /d
                files:
                  poll: 2s
                  longestLine: 8MiB
                  logs:
                    - {cluster: prod, paths: [/var/log/a.log], source: node-1, start: end}
                    - {cluster: prod, paths: /var/log/b/*.log, source: node-1-b}
                """);
        FilesConfig files = Objects.requireNonNull(settings.files());
        assertThat(files.positions()).isEqualTo(Path.of("/d/files/positions.json"));
        assertThat(files.poll()).isEqualTo(Duration.ofSeconds(2));
        assertThat(files.longestLine()).isEqualTo(8 << 20);
        assertThat(files.logs())
                .containsExactly(
                        new FilesConfig.LogConfig("prod", List.of("/var/log/a.log"), "node-1", Start.END),
                        new FilesConfig.LogConfig("prod", List.of("/var/log/b/*.log"), "node-1-b", Start.BEGINNING));
        assertThat(settings.effective()).containsEntry("files.logs[prod, node-1]", "/var/log/a.log from the end");
    }

    @Test
    void readsBridgesAndHidesTheirSecrets() throws Exception {
        IngestSettings settings = read("""
                kafka: {bootstrap: "own:9092", properties: {security.protocol: SSL}}
                bridge:
                  - name: aks
                    bootstrap: hub.servicebus.windows.net:9093
                    properties: {sasl.jaas.config: hunter2, security.protocol: SASL_SSL}
                    topics: [kube-audit]
                    clusterFrom: {field: resourceId, names: {C1: prod}}
                    start: latest
                  - {topics: [fluent-bit], cluster: c2, group: g}
                """);
        BridgeConfig aks = settings.bridges().get(0);
        assertThat(aks.from().bootstrap()).isEqualTo("hub.servicebus.windows.net:9093");
        assertThat(aks.start()).isEqualTo(BridgeConfig.Start.LATEST);
        assertThat(aks.group()).isEqualTo("patchwar-ingest");
        BridgeConfig own = settings.bridges().get(1);
        assertThat(own.name()).isEqualTo("fluent-bit");
        assertThat(own.from().bootstrap()).isEqualTo("own:9092");
        assertThat(own.from().properties()).containsEntry("security.protocol", "SSL");
        assertThat(own.group()).isEqualTo("g");
        assertThat(settings.effective().toString())
                .doesNotContain("hunter2")
                .contains("bridge[aks].properties.sasl.jaas.config=(hidden)");
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> read("""
                        files:
                          logs:
                            - {cluster: "a b", source: x, start: middle}
                            - {cluster: c, paths: [/a], source: x}
                            - {cluster: c, paths: [/b], source: x}
                        bridge:
                          - {}
                          - {name: "!", topics: [t], cluster: c, start: now, clusterFrom: {pattern: "("}}
                        """))
                .isInstanceOf(YamlProblems.class)
                .hasMessageContaining("files.logs[0].cluster: must be")
                .hasMessageContaining("files.logs[0].paths: is missing")
                .hasMessageContaining("files.logs[0].start: must be beginning or end")
                .hasMessageContaining("files.logs[2].source: x is another log's")
                .hasMessageContaining("bridge[0].topics: is missing")
                .hasMessageContaining("bridge[0].cluster: is missing")
                .hasMessageContaining("bridge[1].name: must be")
                .hasMessageContaining("bridge[1].start: must be")
                .hasMessageContaining("bridge[1].clusterFrom.pattern: is no regular expression");
    }
}
