package io.patchwar.processor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorConfigTest {
    private static final Path EXAMPLE = Path.of("../docs/stream-processor.example.yaml");

    @TempDir
    private Path directory;

    private String key;

    @BeforeEach
    void makeAKey() throws IOException {
        key = "digestKeyFile: " + Files.writeString(directory.resolve("digest.key"), "0123456789abcdef\n") + "\n";
    }

    @Test
    void theExampleHoldsEveryKeyWithItsDefault() throws Exception {
        String example = Files.readString(EXAMPLE).replace("digestKeyFile: digest.key\n", key);
        ProcessorConfig config = read(example, Map.of());

        assertThat(config.effective()).isEqualTo(read(key, Map.of()).effective());
        JsonNode tree = new YAMLMapper().readTree(example);
        for (String path : config.effective().keySet()) {
            assertThat(tree.at("/" + path.replace('.', '/')).isMissingNode())
                    .as("%s stands in %s", path, EXAMPLE)
                    .isFalse();
        }
    }

    @Test
    void theEnvironmentWins() throws Exception {
        ProcessorConfig config = read(
                key + "stream: {threads: 3}\n",
                Map.of("PATCHWAR_STREAM_THREADS", "5", "PATCHWAR_DETECTION_RULES_WINDOW", "2h"));

        assertThat(config.stream().threads()).isEqualTo(5);
        assertThat(config.detection().watch().rules().window()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertProblems(
                """
                stream: {threads: 0, delivery: twice, comitInterval: 1s}
                http: {listen: here}
                output: {keepEnded: 1h}
                """,
                "digestKeyFile: is missing; make one with: head -c 32 /dev/urandom | base64 > digest.key",
                "stream.threads: must be a whole number from 1 to 64",
                "stream.delivery: must be one of [at-least-once, exactly-once], not \"twice\"",
                "stream.comitInterval: unknown key; did you mean \"commitInterval\"?",
                "http.listen: must be HOST:PORT",
                "output.keepEnded: must not be shorter than the window (detection.rules.window), 6h");
    }

    @Test
    void refusesACommitThatIsRarerThanATransactionMayBeOld() throws Exception {
        String once = key + "stream: {delivery: exactly-once, commitInterval: %s}\n";

        assertThatCode(() -> read(once.formatted("10s"), Map.of())).doesNotThrowAnyException();
        assertProblems(once.formatted("10001ms"), "stream.commitInterval: Kafka refuses it: Transaction timeout 10000");
        assertThatCode(() -> read(
                        key + "stream: {delivery: exactly-once, commitInterval: 15s,"
                                + " properties: {producer.transaction.timeout.ms: 15000}}\n",
                        Map.of()))
                .doesNotThrowAnyException();
        assertThatCode(() -> read(key + "stream: {commitInterval: 15s}\n", Map.of()))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWhatKafkaWouldRefuseOnceItIsTooLate() {
        for (String bad : List.of(
                "num.stream.threads: many",
                "consumer.max.poll.records: 0",
                "restore.consumer.isolation.level: some",
                "producer.acks: most",
                "admin.retries: -1",
                "processing.guarantee: twice")) {
            assertProblems(
                    key + "stream: {properties: {" + bad + "}}\n",
                    "stream.properties: Kafka refuses it: Invalid value ");
        }
    }

    @Test
    void saysNoSecretThatKafkaWouldRefuse() {
        assertThatThrownBy(() -> read(
                        key + "stream: {properties: {ssl.key.password: hush, consumer.retry.backoff.ms: hush}}\n",
                        Map.of()))
                .hasMessageContaining("(hidden)")
                .hasMessageNotContaining("hush");
    }

    @Test
    void refusesAKeyFileThatIsTooShort() throws Exception {
        Path file = Files.writeString(directory.resolve("short.key"), "0123456789abcde\n");

        assertProblems("digestKeyFile: " + file + "\n", "holds 15 bytes, at least 16 are needed");
    }

    @Test
    void hidesSecrets() throws Exception {
        ProcessorConfig config = read(key + """
                        kafka: {properties: {sasl.jaas.config: hush, security.protocol: SASL_SSL}}
                        stream: {properties: {ssl.key.password: hush}}
                        """, Map.of());

        assertThat(config.effective())
                .containsEntry("kafka.properties.sasl.jaas.config", "(hidden)")
                .containsEntry("kafka.properties.security.protocol", "SASL_SSL")
                .containsEntry("stream.properties.ssl.key.password", "(hidden)")
                .containsEntry("digestKeyFile", "(hidden)");
        assertThat(config.toString()).doesNotContain("hush").doesNotContain("0123456789abcdef");
    }

    @Test
    void givesEachPartitionItsShareOfWhatTheStreamMayTake() throws Exception {
        ProcessorConfig config = read(key + """
                        kafka: {topics: {partitions: 10}}
                        memory: {hotBytes: 100MiB}
                        detection: {memory: {objects: 1000000, heldBytes: 50MiB}}
                        """, Map.of());

        assertThat(config.partition().watch().mostObjects()).isEqualTo(100_000);
        assertThat(config.partition().watch().mostHeldBytes()).isEqualTo(5L << 20);
        assertThat(config.partition().hotBytes()).isEqualTo(10L << 20);
    }

    private void assertProblems(String yaml, String... problems) {
        ThrowingCallable reading = () -> read(yaml, Map.of());
        assertThatThrownBy(reading).isInstanceOfSatisfying(YamlProblems.class, e -> {
            List<String> said = e.problems();
            for (String problem : problems) {
                assertThat(said).anySatisfy(one -> assertThat(one).contains(problem));
            }
            assertThat(said).hasSize(problems.length);
        });
    }

    private static ProcessorConfig read(String yaml, Map<String, String> environment) throws IOException, YamlProblems {
        return ProcessorConfig.read(
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), Environment.of(environment));
    }
}
