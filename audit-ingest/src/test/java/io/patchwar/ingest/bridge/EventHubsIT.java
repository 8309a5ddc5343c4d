package io.patchwar.ingest.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.broker.BrokerConfig;
import io.patchwar.broker.InProcessBroker;
import io.patchwar.broker.LoopbackPorts;
import io.patchwar.ingest.config.IngestSettings;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.service.tls.Certificates;
import io.patchwar.settings.Environment;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way into Azure Event Hubs: SASL_SSL with PLAIN, where the user is named {@code $ConnectionString} and the password is the
 * connection string, as configured in YAML. Against a broker with such a door; of Azure itself it says nothing.
 */
class EventHubsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String CONNECTION_STRING =
            "Endpoint=sb://audit.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=c2VjcmV0LW9mLXRlc3Rz==;EntityPath=insights-logs-kube-audit";
    private static final String TOPIC = "insights-logs-kube-audit";
    private static final String CLUSTER =
            "/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/AKS-1";

    @TempDir
    private static Path directory;

    private static InProcessBroker broker;
    private static int secure;

    @BeforeAll
    static void startBroker() throws Exception {
        Certificates authority = new Certificates();
        authority.writeRoot(directory.resolve("ca.pem"));
        Certificates.Holder own = authority.holder("localhost");
        own.writePkcs8(directory.resolve("key.pem"));
        own.writeCertificate(directory.resolve("certificate.pem"));
        Path keystore = Files.writeString(
                directory.resolve("keystore.pem"),
                Files.readString(directory.resolve("key.pem"))
                        + Files.readString(directory.resolve("certificate.pem")));
        int plain = LoopbackPorts.free();
        int controller = LoopbackPorts.free();
        secure = LoopbackPorts.free();
        broker = InProcessBroker.start(new BrokerConfig(
                directory.resolve("broker"),
                plain,
                controller,
                Map.of(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                .formatted(plain, secure, controller),
                        "advertised.listeners",
                        "PLAINTEXT://127.0.0.1:%d,SASL_SSL://localhost:%d".formatted(plain, secure),
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL",
                        "ssl.keystore.type",
                        "PEM",
                        "ssl.keystore.location",
                        keystore.toString(),
                        "sasl.enabled.mechanisms",
                        "PLAIN",
                        "listener.name.sasl_ssl.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required user_$ConnectionString=\""
                                + CONNECTION_STRING + "\";")));
        Map<String, Object> connection = Map.of("bootstrap.servers", broker.bootstrap());
        try (Admin admin = Admin.create(connection);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get(30, TimeUnit.SECONDS);
            for (int i = 0; i < 20; i++) {
                producer.send(new ProducerRecord<>(
                                TOPIC, Framings.azure(i, CLUSTER).toString().getBytes(StandardCharsets.UTF_8)))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void isReadWithAConnectionStringForAPassword() throws Exception {
        CollectedRecords out = new CollectedRecords();
        IngestSettings settings = settings(CONNECTION_STRING, "right");
        Bridge bridge = new Bridge(settings.bridges().get(0), out.pipeline(), new IngestMetrics(out.meters));
        bridge.start();
        try {
            await().atMost(PATIENCE).until(() -> out.records.size() >= 20);
            assertThat(out.records).hasSize(20).extracting(OutRecord::cluster).containsOnly("prod-eu");
            await().atMost(PATIENCE).until(() -> bridge.check().ok());
        } finally {
            bridge.close();
        }
        assertThat(settings.effective())
                .containsEntry("bridge[aks].properties.sasl.jaas.config", "(hidden)")
                .allSatisfy((key, value) -> assertThat(value).doesNotContain("SharedAccessKey"));
    }

    @Test
    void saysThatItIsNotLetInWithAnother() throws Exception {
        CollectedRecords out = new CollectedRecords();
        Bridge bridge = new Bridge(
                settings(CONNECTION_STRING.replace("c2Vj", "b3Ro"), "wrong")
                        .bridges()
                        .get(0),
                out.pipeline(),
                new IngestMetrics(out.meters));
        bridge.start();
        try {
            // It says first that it has not begun.
            await().atMost(PATIENCE).until(() -> bridge.check().detail().contains("not let in"));
            assertThat(bridge.check().ok()).isFalse();
            assertThat(bridge.check().detail())
                    .contains("not let in to localhost:" + secure, "check bridge.properties")
                    .doesNotContain("SharedAccessKey");
            assertThat(out.records).isEmpty();
        } finally {
            bridge.close();
        }
    }

    private static IngestSettings settings(String connectionString, String group) throws Exception {
        String yaml = """
                digestKeyFile: digest.key
                bridge:
                  - topics: [%s]
                    name: aks
                    bootstrap: localhost:%d
                    properties:
                      security.protocol: SASL_SSL
                      sasl.mechanism: PLAIN
                      sasl.jaas.config: 'org.apache.kafka.common.security.plain.PlainLoginModule required username="$ConnectionString" password="%s";'
                      ssl.truststore.type: PEM
                      ssl.truststore.location: %s
                    group: %s
                    clusterFrom: {field: resourceId, pattern: "([^/]+)/*$", names: {AKS-1: prod-eu}}
                """.formatted(TOPIC, secure, connectionString, directory.resolve("ca.pem"), group);
        return IngestSettings.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), Environment.NONE);
    }
}
