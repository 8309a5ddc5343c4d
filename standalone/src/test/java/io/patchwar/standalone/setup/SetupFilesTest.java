package io.patchwar.standalone.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchwar.ingest.config.IngestSettings;
import io.patchwar.settings.Amounts;
import io.patchwar.settings.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files of every platform, read back as what reads them would. */
class SetupFilesTest {

    /** Type and default by name. */
    private static Map<String, String[]> documented() throws IOException {
        try (InputStream in = SetupFilesTest.class.getResourceAsStream("documented-flags.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .collect(Collectors.toMap(cells -> cells[0], cells -> cells));
        }
    }

    private static boolean isOf(String type, String value) {
        if (type.startsWith("one of ")) {
            return Arrays.asList(type.substring(7).split(",")).contains(value);
        }
        return switch (type) {
            case "path" -> value.startsWith("/");
            case "duration" -> Amounts.duration(value) != null;
            case "flag" -> value.equals("true") || value.equals("false");
            case "count" -> value.matches("\\d+");
            default -> false;
        };
    }

    @Test
    void everyFlagIsOneThatTheApiServerDocumentsWithAValueOfItsType() throws IOException {
        Map<String, String[]> documented = documented();
        List<ApiServerFlag> flags = ApiServerFlags.of("/etc/x");
        for (ApiServerFlag flag : flags) {
            assertThat(documented).containsKey(flag.name());
            assertThat(isOf(documented.get(flag.name())[1], flag.value()))
                    .as(flag.argument())
                    .isTrue();
            assertThat(flag.reason()).isNotBlank();
        }
        Map<String, String> values =
                flags.stream().collect(Collectors.toMap(ApiServerFlag::name, ApiServerFlag::value));
        assertThat(values)
                .containsEntry("audit-webhook-mode", "batch")
                .containsEntry("audit-webhook-batch-max-wait", "2s")
                .containsEntry("audit-webhook-truncate-enabled", "true");
        assertThat(Integer.parseInt(values.get("audit-webhook-truncate-max-event-size")))
                .isGreaterThan(Integer.parseInt(documented.get("audit-webhook-truncate-max-event-size")[2]))
                .isLessThan(Integer.parseInt(documented.get("audit-webhook-truncate-max-batch-size")[2]));
    }

    private static Map<String, String> expected(String directory) {
        Map<String, String> flags = new LinkedHashMap<>();
        ApiServerFlags.of(directory).forEach(flag -> flags.put(flag.name(), flag.value()));
        return flags;
    }

    private static Map<String, String> listed(JsonNode arguments) {
        return StreamSupport.stream(arguments.spliterator(), false)
                .map(argument -> argument.asText().split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @Test
    void kubeadmReadsTheFlagsAndTheVolume() {
        JsonNode yaml =
                Requests.yaml(Requests.written(Requests.on(Platform.KUBEADM)).get("kubeadm.yaml"));
        assertThat(yaml.path("apiVersion").asText()).isEqualTo("kubeadm.k8s.io/v1beta4");
        Map<String, String> flags = new LinkedHashMap<>();
        yaml.path("apiServer")
                .path("extraArgs")
                .forEach(flag ->
                        flags.put(flag.path("name").asText(), flag.path("value").textValue()));
        assertThat(flags).isEqualTo(expected("/etc/kubernetes/patchwar"));
        assertThat(yaml.path("apiServer")
                        .path("extraVolumes")
                        .path(0)
                        .path("mountPath")
                        .asText())
                .isEqualTo("/etc/kubernetes/patchwar");
    }

    @Test
    void k3sReadsTheFlags() {
        JsonNode yaml =
                Requests.yaml(Requests.written(Requests.on(Platform.K3S)).get("k3s.yaml"));
        assertThat(listed(yaml.path("kube-apiserver-arg+"))).isEqualTo(expected("/etc/rancher/k3s/patchwar"));
    }

    @Test
    void rke2ReadsTheFlagsAndThePolicyByItsOwnKey() {
        JsonNode yaml =
                Requests.yaml(Requests.written(Requests.on(Platform.RKE2)).get("rke2.yaml"));
        Map<String, String> flags = listed(yaml.path("kube-apiserver-arg+"));
        assertThat(flags).doesNotContainKey("audit-policy-file");
        flags.put("audit-policy-file", yaml.path("audit-policy-file").asText());
        assertThat(flags).isEqualTo(expected("/etc/rancher/rke2/patchwar"));
        assertThat(yaml.path("kube-apiserver-extra-mount+").path(0).asText())
                .isEqualTo("/etc/rancher/rke2/patchwar:/etc/rancher/rke2/patchwar:ro");
    }

    @Test
    void kindMountsTheDirectoryAndReadsTheFlags() {
        JsonNode node = Requests.yaml(
                        Requests.written(Requests.on(Platform.KIND)).get("kind.yaml"))
                .path("nodes")
                .path(0);
        assertThat(node.path("extraMounts").path(0).path("hostPath").asText()).isEqualTo(Requests.OUTPUT.toString());
        JsonNode patch = Requests.yaml(node.path("kubeadmConfigPatches").path(0).asText());
        // Without a version, kind fits it to the node image's kubeadm.
        assertThat(patch.has("apiVersion")).isFalse();
        Map<String, String> flags = new LinkedHashMap<>();
        patch.path("apiServer")
                .path("extraArgs")
                .properties()
                .forEach(flag -> flags.put(flag.getKey(), flag.getValue().textValue()));
        assertThat(flags).isEqualTo(expected("/etc/kubernetes/patchwar"));
    }

    @Test
    void openShiftGetsAProfileAndAForwarderInPlaceOfFlags() {
        Map<String, String> files = Requests.written(Requests.on(Platform.OPENSHIFT));
        assertThat(files).doesNotContainKeys("audit-policy.yaml", "webhook.kubeconfig", "token");
        assertThat(Requests.yaml(files.get("openshift-audit-profile.yaml"))
                        .at("/spec/audit/profile")
                        .asText())
                .isEqualTo("WriteRequestBodies");
        JsonNode forwarder = Requests.yaml(files.get("openshift-forwarder.yaml"));
        assertThat(forwarder.at("/spec/outputs/0/kafka/topic").asText()).isEqualTo(Setup.TOPIC);
        assertThat(forwarder.at("/spec/pipelines/0/outputRefs/0").asText())
                .isEqualTo(forwarder.at("/spec/outputs/0/name").asText());
        assertThat(forwarder.at("/spec/pipelines/0/inputRefs/0").asText())
                .isEqualTo(forwarder.at("/spec/inputs/0/name").asText());
    }

    @ParameterizedTest
    @EnumSource
    void theReadmeNamesEveryFileAndFillsEveryPlaceAndSaysHowToUndo(Platform platform) {
        Map<String, String> files = Requests.written(Requests.on(platform));
        String readme = files.get("README.md");
        files.keySet().stream()
                .filter(name -> !name.equals("README.md"))
                .forEach(name -> assertThat(readme).contains("`" + name + "`"));
        assertThat(files.values()).noneMatch(text -> text.contains("{{"));
        assertThat(readme).contains("## Next steps", "## Undo", "`prod`", "patchwar doctor");
    }

    @ParameterizedTest
    @EnumSource(names = {"EKS", "GKE", "AKS"})
    void managedPlatformsAreToldWhatTheyCannotHave(Platform platform) {
        Map<String, String> files = Requests.written(Requests.on(platform));
        assertThat(files).containsOnlyKeys("README.md", "ingest.yaml");
        assertThat(files.get("README.md")).contains("and what it cannot", "no webhook to configure");
    }

    @ParameterizedTest
    @EnumSource
    void ingestReadsItsPart(Platform platform) throws Exception {
        String yaml = Requests.written(Requests.on(platform)).get("ingest.yaml");
        var settings = IngestSettings.read(
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), Environment.of(Map.of()));
        if (platform.takesWebhook()) {
            var webhook = Objects.requireNonNull(settings.webhook());
            assertThat(webhook.listen().port()).isEqualTo(8443);
            assertThat(webhook.clusters()).singleElement().satisfies(access -> {
                assertThat(access.cluster()).isEqualTo("prod");
                assertThat(access.certificates()).containsExactly("prod");
                assertThat(access.tokenFiles()).containsExactly(Requests.OUTPUT.resolve("token"));
                assertThat(access.both()).isTrue();
            });
        } else {
            assertThat(settings.bridges())
                    .singleElement()
                    .satisfies(bridge -> assertThat(bridge.topics()).containsExactly(Setup.TOPIC));
        }
    }

    @Test
    void ingestTakesPlainHttpFromItsOwnMachine() throws Exception {
        String yaml = Requests.written(Requests.to(Platform.KUBEADM, "http://127.0.0.1:8080"))
                .get("ingest.yaml");
        var settings = IngestSettings.read(
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), Environment.of(Map.of()));
        assertThat(Objects.requireNonNull(settings.webhook()).tls()).isNull();
    }

    @Test
    void secretsAreMarkedAndAreNowhereElse() {
        List<SetupFile> files = Setup.files(Requests.on(Platform.KUBEADM), Requests.OUTPUT);
        assertThat(files.stream().filter(SetupFile::secret).map(SetupFile::name))
                .containsExactlyInAnyOrder("webhook.kubeconfig", "tls/ca.key", "tls/server.key", "token");
        String token = files.stream()
                .filter(file -> file.name().equals("token"))
                .findFirst()
                .orElseThrow()
                .content()
                .strip();
        assertThat(token).hasSizeGreaterThanOrEqualTo(43);
        for (SetupFile file : files) {
            if (!file.secret()) {
                assertThat(file.content()).as(file.name()).doesNotContain(token).doesNotContain("PRIVATE KEY");
            }
            assertThat(file.toString()).doesNotContain(token).doesNotContain("PRIVATE KEY");
        }
    }

    @Test
    void overPlainHttpThereIsNothingToProveOneselfWith() {
        Map<String, String> files = Requests.written(Requests.to(Platform.KUBEADM, "http://127.0.0.1:8080"));
        assertThat(files).doesNotContainKeys("token", "tls/ca.crt");
        assertThat(files.get("webhook.kubeconfig")).doesNotContain("token:").doesNotContain("client-key");
        assertThat(files.get("README.md")).contains("the API server sends no token over it");
    }
}
