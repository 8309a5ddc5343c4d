package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.patchwar.ingest.config.IngestSettings;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.settings.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docker-compose and the Kubernetes manifests configure is what the services take, and both keep to what they promise. */
class DeployedConfigurationTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final List<String> OWN = List.of("audit-ingest", "stream-processor");

    @TempDir
    private Path secrets;

    @BeforeEach
    void makeSecrets() throws IOException {
        Files.writeString(secrets.resolve("digest.key"), "c2hhcmVkIGJ5IGFsbCwga25vd24gdG8gbm9ib2R5ISE=");
    }

    @Test
    void composesConfigurationIsTaken() throws Exception {
        ingest(Files.readString(DEPLOY.resolve("compose/audit-ingest.yaml")), Map.of());
        processor(Files.readString(DEPLOY.resolve("compose/stream-processor.yaml")), Map.of());
    }

    @Test
    void theManifestsConfigurationIsTakenWithWhatTheyPutIntoTheEnvironment() throws Exception {
        ingest(configuration("audit-ingest"), environment("audit-ingest"));
        ProcessorConfig processor = processor(configuration("stream-processor"), environment("stream-processor"));

        assertThat(processor.stream().instanceId()).isEqualTo("stream-processor-0");
    }

    @Test
    void bothServicesOfTheManifestsAgreeOnTheTopics() throws Exception {
        YAMLMapper yaml = new YAMLMapper();
        assertThat(yaml.readTree(configuration("audit-ingest")).path("kafka"))
                .isEqualTo(yaml.readTree(configuration("stream-processor")).path("kafka"));
    }

    @Test
    void theManifestsGiveNoRightsAndTimeToEnd() throws Exception {
        for (String own : OWN) {
            JsonNode pod = document(own, "StatefulSet").at("/spec/template/spec");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                    .as(own)
                    .isTrue();
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                    .as(own)
                    .isFalse();
            assertThat(pod.path("terminationGracePeriodSeconds").asInt())
                    .as(own)
                    .isGreaterThanOrEqualTo(60);
            JsonNode container = pod.at("/containers/0");
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .as(own)
                    .isTrue();
            assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                    .as(own)
                    .isEqualTo("ALL");
            assertThat(container.at("/livenessProbe/httpGet/path").asText())
                    .as(own)
                    .isEqualTo("/livez");
            assertThat(container.at("/readinessProbe/httpGet/path").asText())
                    .as(own)
                    .isEqualTo("/readyz");
            assertThat(container.at("/resources/limits/memory").isTextual())
                    .as(own)
                    .isTrue();
        }
    }

    /** The digest key alone is for both; the token and the certificate's key are ingest's. */
    @Test
    void theProcessorIsNotGivenWhatOnlyIngestNeeds() throws Exception {
        JsonNode volumes = document("stream-processor", "StatefulSet").at("/spec/template/spec/volumes");

        assertThat(volumes.findValues("secret"))
                .singleElement()
                .satisfies(secret ->
                        assertThat(secret.path("items").findValuesAsText("key")).containsExactly("digest.key"));
    }

    private static String configuration(String own) throws IOException {
        return document(own, "ConfigMap").path("data").path(own + ".yaml").asText();
    }

    /** As it would be in the first pod. */
    private static Map<String, String> environment(String own) throws IOException {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode variable : document(own, "StatefulSet").at("/spec/template/spec/containers/0/env")) {
            assertThat(variable.at("/valueFrom/fieldRef/fieldPath").asText()).isEqualTo("metadata.name");
            environment.put(variable.path("name").asText(), own + "-0");
        }
        return environment;
    }

    private static JsonNode document(String own, String kind) throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        try (var all = yaml.readerFor(JsonNode.class)
                .<JsonNode>readValues(
                        DEPLOY.resolve("kubernetes").resolve(own + ".yaml").toFile())) {
            while (all.hasNext()) {
                JsonNode document = all.next();
                if (document.path("kind").asText().equals(kind)) {
                    return document;
                }
            }
        }
        throw new AssertionError("no " + kind + " in " + own);
    }

    private IngestSettings ingest(String text, Map<String, String> environment) throws Exception {
        return IngestSettings.read(stream(text), Environment.of(environment));
    }

    private ProcessorConfig processor(String text, Map<String, String> environment) throws Exception {
        return ProcessorConfig.read(stream(text), Environment.of(environment));
    }

    private ByteArrayInputStream stream(String text) {
        String here = text.replace("/etc/patchwar/secrets", secrets.toString());
        assertThat(here).isNotEqualTo(text);
        return new ByteArrayInputStream(here.getBytes(StandardCharsets.UTF_8));
    }
}
