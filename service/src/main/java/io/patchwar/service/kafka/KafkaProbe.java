package io.patchwar.service.kafka;

import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka every few seconds whether it is there: clients retry in silence for minutes, and whoever watches the service should
 * know earlier. Thread-safe.
 */
public final class KafkaProbe implements Part {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int PATIENCE = 4_000;

    private final KafkaConnection connection;
    private final String clientId;
    private final Thread thread = new Thread(this::askOn, "kafka-probe");
    private volatile @Nullable Admin admin;
    private volatile Check latest;

    public KafkaProbe(KafkaConnection connection, String clientId) {
        this.connection = connection;
        this.clientId = clientId;
        this.latest = Check.failed(name(), "not asked yet");
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void askOn() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                ask();
                Thread.sleep(EVERY.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        try {
            Admin client = admin;
            if (client == null) {
                client = Admin.create(connection.client(
                        clientId + "-probe",
                        Map.of(
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE,
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE)));
                admin = client;
            }
            int brokers = client.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE))
                    .nodes()
                    .get(PATIENCE * 2L, TimeUnit.MILLISECONDS)
                    .size();
            latest = Check.ok(name(), brokers == 1 ? "1 broker" : brokers + " brokers");
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            latest = Check.failed(
                    name(),
                    "no answer from " + connection.bootstrap() + "; it is asked again every " + EVERY.toSeconds()
                            + " s");
        }
    }

    @Override
    public Check check() {
        return latest;
    }

    @Override
    public void close() {
        thread.interrupt();
        Admin client = admin;
        if (client != null) {
            client.close(Duration.ofSeconds(2));
        }
    }
}
