package io.patchwar.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * The chain of docker-compose.yml in containers: Kafka, our images, and Alertmanager, with the options that stand in the file,
 * and the recorded war played to it. Our images are built by {@code deploy/build-images}; where Kafka's or Alertmanager's
 * cannot be pulled, {@code deploy/build-stand-ins} makes local ones. Skipped where no Docker engine answers.
 */
class ChainInContainersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TAG = "chain-test";
    private static final List<String> OURS = List.of("audit-ingest", "stream-processor", "patchwar");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static final List<AutoCloseable> open = new ArrayList<>();
    private static final Map<String, ComposeContainer> containers = new LinkedHashMap<>();
    private static URI alertmanager;

    @BeforeAll
    static void playTheRecordedWarToTheChain() throws Exception {
        DockerEngine docker = DockerEngine.answering();
        String base = docker.base();
        ComposeFile compose = ComposeFile.read();
        Map<String, String> images = new LinkedHashMap<>();
        for (String name : List.of("kafka", "alertmanager")) {
            images.put(name, docker.imageOrStandIn(compose.service(name).image(), name, base));
        }
        docker.script("deploy/build-images", Map.of("BASE", base, "TAG", TAG, "IMAGES", String.join(" ", OURS)));
        OURS.forEach(name -> open.add(() -> docker.remove("patchwar/" + name + ":" + TAG)));
        Path secrets = secrets();
        Network network = Network.newNetwork();
        open.add(network);

        ComposeContainer kafka = new ComposeContainer(compose.service("kafka"), images.get("kafka"), network, secrets);
        ComposeContainer told = new ComposeContainer(
                        compose.service("alertmanager"), images.get("alertmanager"), network, secrets, 9093)
                .waitingFor(Wait.forHttp("/-/ready").forPort(9093).withStartupTimeout(PATIENCE));
        ComposeContainer ingest = ours(compose, "audit-ingest", network, secrets);
        ComposeContainer processor = ours(compose, "stream-processor", network, secrets);
        started("kafka", kafka);
        started("alertmanager", told);
        started("audit-ingest", ingest.waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE)));
        started("stream-processor", processor.waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE)));
        alertmanager = URI.create("http://127.0.0.1:" + told.getMappedPort(9093));
        started(
                "demo",
                ours(compose, "demo", network, secrets)
                        .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PATIENCE)));
    }

    private static ComposeContainer ours(ComposeFile compose, String name, Network network, Path secrets) {
        ComposeFile.Service service = compose.service(name);
        String image = service.image();
        return new ComposeContainer(service, image.substring(0, image.lastIndexOf(':') + 1) + TAG, network, secrets);
    }

    private static void started(String name, ComposeContainer container) {
        Path log = Path.of("target", "containers", name + ".log");
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        containers.put(name, container);
        open.add(container);
        container.start();
    }

    /** What deploy/compose/prepare makes, readable for the containers' user, whoever runs the tests. */
    private static Path secrets() throws IOException, InterruptedException {
        Path secrets = folder.resolve("secrets");
        Tool.Outcome made = new Tool(Path.of(System.getProperty("java.home"), "bin", "java"))
                .run(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.patchwar.standalone.Patchwar",
                        "setup",
                        "--cluster=demo",
                        "--for=kubeadm",
                        "--url=https://audit-ingest:8443",
                        "--out=" + secrets);
        assertThat(made.status()).as(made.said()).isZero();
        Files.writeString(secrets.resolve("digest.key"), "c2hhcmVkIGJ5IGFsbCwga25vd24gdG8gbm9ib2R5ISE=");
        try (Stream<Path> files = Files.walk(secrets)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
        return secrets;
    }

    @AfterAll
    static void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void theRecordedWarArrivesAtAlertmanagerAsFiringAlerts() {
        Awaitility.await("alerts; what the containers said is in target/containers")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    JsonNode alerts = JSON.readTree(
                            Running.get(alertmanager.resolve("/api/v2/alerts")).body());
                    assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
                        assertThat(alert.at("/status/state").asText()).isIn("active", "suppressed");
                        assertThat(alert.at("/labels/cluster").asText()).isEqualTo("demo");
                        assertThat(alert.at("/labels/field").asText()).isEqualTo("status.loadBalancer.ingress");
                        assertThat(alert.at("/annotations/contenders").asText())
                                .contains("metallb-system/controller", "chisel-operator");
                        assertThat(alert.at("/annotations/suggested_action").asText())
                                .isNotBlank();
                    });
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit-ingest", "stream-processor"})
    void ourImagesRunAsNobodyOverAFileSystemThatTheyCannotWrite(String name) throws Exception {
        ComposeContainer container = containers.get(name);

        assertThat(container.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
        ExecResult write = container.execInContainer("touch", "/opt/patchwar/lib/mine.jar");
        assertThat(write.getExitCode()).isNotZero();
        assertThat(write.getStderr()).contains("Read-only file system");
        assertThat(container.execInContainer("touch", "/var/lib/patchwar/mine").getExitCode())
                .as("a volume of its own it can write")
                .isZero();
    }
}
