package io.patchwar.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestSettingsTest {
    private static final String KEY = "digestKeyFile: digest.key\n";
    private static final Path EXAMPLE = Path.of("..", "docs", "audit-ingest.example.yaml");

    @Test
    void theExampleShowsEveryKeyWithItsDefault() throws Exception {
        IngestSettings nothing = read("");
        IngestSettings example;
        try (InputStream yaml = Files.newInputStream(EXAMPLE)) {
            example = IngestSettings.read(yaml, Environment.NONE);
        }

        assertThat(example.effective()).isEqualTo(nothing.effective());
        String text = Files.readString(EXAMPLE);
        for (String key : nothing.effective().keySet()) {
            String last = key.substring(key.lastIndexOf('.') + 1);
            assertThat(text).as(key).contains(last + ":");
        }
    }

    @Test
    void theExamplesCommentedKeysAreRight() throws Exception {
        String text = Files.readAllLines(EXAMPLE).stream()
                .map(line -> line.replaceFirst(
                        "^( *)# (?=( *)(tls|certificate|key|clientCa|clientCertificate|clusters|- name|tokenFiles|certificates|both|prefix):)",
                        "$1"))
                .collect(Collectors.joining("\n"));

        IngestSettings settings = read(text);

        assertThat(settings.webhook()).isNotNull();
        assertThat(settings.webhook().clusters()).hasSize(1);
        assertThat(settings.webhook().tls()).isNotNull();
        assertThat(settings.digestKeyFile()).hasFileName("digest.key");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThat(problems("""
                        webhook:
                          listen: 0.0.0.0:8443
                          tls: {certificate: a.pem, clientCertificate: true}
                          clusters:
                            - {name: a/b}
                            - {name: c, tokenFiles: [t], both: true}
                            - {name: c, certificates: [x]}
                          limits: {body: 64MiB, buffered: 32MiB, conections: 9}
                        spool: {size: 3}
                        scope: {verbs: [get, patch]}
                        redaction: {fields: [{resources: "*", fields: ["a..b"]}, {}]}
                        heartbeats: {every: 1h}
                        """))
                .anyMatch(p -> p.startsWith("webhook.tls.key: is missing"))
                .anyMatch(p -> p.startsWith("webhook.tls.clientCa: is missing"))
                .anyMatch(p -> p.startsWith("webhook.clusters[0].name: must be letters"))
                .anyMatch(p -> p.startsWith("webhook.clusters[0].tokenFiles: is missing"))
                .anyMatch(p -> p.startsWith("webhook.clusters[1].both: asks for"))
                .anyMatch(p -> p.startsWith("webhook.clusters[2].name: c is there twice"))
                .anyMatch(p -> p.startsWith("webhook.clusters[2].certificates: need webhook.tls.clientCa"))
                .anyMatch(p -> p.startsWith("webhook.limits.buffered: must not be below"))
                .anyMatch(p -> p.startsWith("webhook.limits.conections: unknown key; did you mean \"connections\""))
                .anyMatch(p -> p.startsWith("spool.size: must be an amount"))
                .anyMatch(p -> p.startsWith("scope.verbs: get changes nothing"))
                .anyMatch(p -> p.startsWith("redaction.fields[0].fields: has an empty name"))
                .anyMatch(p -> p.startsWith("redaction.fields[1].resources: is missing"))
                .anyMatch(p -> p.startsWith("heartbeats.every: must be a duration"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "webhook: {listen: \"0.0.0.0:1\"} | webhook.listen: plain HTTP is for loopback alone",
                "webhook: {listen: \"10.0.0.1:1\", tls: {certificate: a, key: b}} | webhook.clusters: must name who may post",
                "webhook: {listen: nowhere} | webhook.listen: must be HOST:PORT"
            })
    void opensNoDoorToEverybody(String yaml, String problem) {
        assertThat(problems(yaml)).anyMatch(p -> p.startsWith(problem));
    }

    @Test
    void letsTheEnvironmentHaveTheLastWord() throws Exception {
        Environment environment =
                Environment.of(Map.of("PATCHWAR_SPOOL_SIZE", "2GiB", "PATCHWAR_HEAP", "1g"), "PATCHWAR_HEAP");

        IngestSettings settings = IngestSettings.read(
                new ByteArrayInputStream((KEY + "spool: {size: 3GiB}").getBytes(StandardCharsets.UTF_8)), environment);

        assertThat(settings.spool().size()).isEqualTo(2L << 30);
    }

    @Test
    void canDoWithoutAWebhook() throws Exception {
        assertThat(read("webhook: {enabled: false}").webhook()).isNull();
    }

    @Test
    void wantsAKeyThatAllInstancesShareAndSaysHowToMakeOne() {
        YamlProblems problems = catchThrowableOfType(
                YamlProblems.class, () -> IngestSettings.read(new ByteArrayInputStream(new byte[0]), Environment.NONE));

        assertThat(problems.problems())
                .containsExactly(
                        "digestKeyFile: is missing; make one with: head -c 32 /dev/urandom | base64 > digest.key (all"
                                + " instances share it; the stream processor's may be the same)");
    }

    private static IngestSettings read(String yaml) throws IOException, YamlProblems {
        String whole = yaml.contains(KEY) ? yaml : KEY + yaml;
        return IngestSettings.read(new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8)), Environment.NONE);
    }

    private static List<String> problems(String yaml) {
        YamlProblems problems = catchThrowableOfType(YamlProblems.class, () -> read(yaml));
        return problems.problems();
    }
}
