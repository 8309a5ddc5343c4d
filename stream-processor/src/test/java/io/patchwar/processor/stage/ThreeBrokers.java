package io.patchwar.processor.stage;

import static org.awaitility.Awaitility.await;

import io.patchwar.broker.LoopbackPorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A cluster of three brokers, each a JVM of its own, any of which can be killed. One thread. */
public final class ThreeBrokers implements AutoCloseable {
    private static final int NODES = 3;

    private final List<Process> nodes = new ArrayList<>();
    private final String bootstrap;

    /** Starts them, and returns once they know one another. */
    public ThreeBrokers(Path directory) throws IOException {
        List<Integer> ports = ports();
        List<Integer> controllers = ports();
        String clusterId = Uuid.randomUuid().toString();
        bootstrap = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        Files.createDirectories(directory);
        for (int i = 0; i < NODES; i++) {
            nodes.add(new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx192m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dlogback.configurationFile=io/patchwar/broker/logback-broker.xml",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            NodeMain.class.getName(),
                            String.valueOf(i + 1),
                            clusterId,
                            directory.resolve("node-" + (i + 1)).toString(),
                            String.valueOf(ports.get(i)),
                            controllers.stream().map(String::valueOf).collect(Collectors.joining(","))))
                    .redirectErrorStream(true)
                    .redirectOutput(new File(directory.toFile(), "node-" + (i + 1) + ".log"))
                    .start());
        }
        try (Admin admin = admin()) {
            await(directory.toString())
                    .atMost(BrokerStage.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster()
                                    .nodes()
                                    .get(5, TimeUnit.SECONDS)
                                    .size()
                            == NODES);
        }
    }

    private static List<Integer> ports() {
        return IntStream.range(0, NODES).mapToObj(i -> LoopbackPorts.free()).toList();
    }

    /** {@code host:port} of all three. */
    public String bootstrap() {
        return bootstrap;
    }

    /** The broker that writes of that partition go to, from 1 on. */
    public int leader(String topic, int partition) throws Exception {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .get(topic)
                    .partitions()
                    .get(partition)
                    .leader()
                    .id();
        }
    }

    /** How many brokers have all of a topic's partition. */
    public int inSync(TopicPartition partition) throws Exception {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(partition.topic()))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .get(partition.topic())
                    .partitions()
                    .get(partition.partition())
                    .isr()
                    .size();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    /** Ends one as a power cut would. */
    public void kill(int node) throws InterruptedException {
        Process process = nodes.get(node - 1);
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        nodes.forEach(Process::destroyForcibly);
    }
}
