package io.patchwar.ingest.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.broker.InProcessBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes share a topic; one is killed -9, again and again: nothing is lost, and no offset is ahead of what is durable. */
class KilledBridgeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ID = Pattern.compile("\"auditID\":\"line-(\\d+)\"");
    private static final String TOPIC = "shared";
    private static final int PARTITIONS = 4;
    private static final int RECORDS = 6_000;
    private static final int KILLS = 3;

    @TempDir
    private Path directory;

    private final List<Process> children = new ArrayList<>();
    /** What was produced to each partition, by offset. */
    private final Map<Integer, List<Integer>> produced = new TreeMap<>();

    @AfterEach
    void killAll() {
        children.forEach(Process::destroyForcibly);
    }

    @Test
    void anotherProcessTakesOverFromOneThatIsKilled() throws Exception {
        long seed = Long.getLong("patchwar.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (InProcessBroker broker = InProcessBroker.over(directory.resolve("broker"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", (Object) broker.bootstrap(), "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            start(broker, "lasting");
            Process killed = null;
            for (int i = 0; i < RECORDS; i++) {
                if (i % (RECORDS / KILLS) == 0) {
                    String name = "killed-" + children.size();
                    killed = start(broker, name);
                    produce(producer, i);
                    int from = i;
                    // Both work before one of them dies; what is under way then is chance.
                    await().atMost(PATIENCE).until(() -> {
                        produce(producer, from + random.nextInt(PARTITIONS));
                        return !lines(name).isEmpty();
                    });
                }
                produce(producer, i);
                if (killed != null && i % (RECORDS / KILLS) == RECORDS / KILLS / 2) {
                    killed.destroyForcibly();
                    assertThat(killed.waitFor(60, TimeUnit.SECONDS)).isTrue();
                    killed = null;
                }
                if (i % 250 == 0) {
                    offsetsDoNotRunAhead(admin);
                }
            }
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
                offsetsDoNotRunAhead(admin);
                return produced.entrySet().stream()
                        .allMatch(entry -> committed(admin).getOrDefault(entry.getKey(), 0L)
                                == entry.getValue().size());
            });
        }
        Set<Integer> durable = new HashSet<>(all());
        int records = produced.values().stream().mapToInt(List::size).sum();
        System.out.printf("%d records, %d kills, %d durable twice%n", records, KILLS, all().size() - records);
        assertThat(durable).hasSize(RECORDS);
        assertThat(lines("lasting")).isNotEmpty();
    }

    private void produce(KafkaProducer<byte[], byte[]> producer, int number) throws Exception {
        int partition = number % PARTITIONS;
        producer.send(new ProducerRecord<>(
                        TOPIC,
                        partition,
                        null,
                        Framings.event(number).toString().getBytes(StandardCharsets.UTF_8)))
                .get(30, TimeUnit.SECONDS);
        produced.computeIfAbsent(partition, p -> new ArrayList<>()).add(number);
    }

    private Process start(InProcessBroker broker, String name) throws IOException {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BridgingChild.class.getName(),
                        broker.bootstrap(),
                        TOPIC,
                        directory.resolve(name).toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        children.add(child);
        return child;
    }

    private static Map<Integer, Long> committed(Admin admin) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets("group-" + TOPIC)
                    .partitionsToOffsetAndMetadata()
                    .get(30, TimeUnit.SECONDS);
            Map<Integer, Long> committed = new TreeMap<>();
            offsets.forEach((partition, offset) -> committed.put(partition.partition(), offset.offset()));
            return committed;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Offsets are asked for first, so that what is durable can only be more than it was. */
    private void offsetsDoNotRunAhead(Admin admin) throws IOException {
        Map<Integer, Long> committed = committed(admin);
        Set<Integer> durable = new HashSet<>(all());
        committed.forEach((partition, offset) -> assertThat(durable)
                .as("partition %d is committed up to %d", partition, offset)
                .containsAll(produced.getOrDefault(partition, List.of()).subList(0, Math.toIntExact(offset))));
    }

    private List<Integer> all() throws IOException {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            for (String line : lines(i == 0 ? "lasting" : "killed-" + i)) {
                Matcher m = ID.matcher(line);
                if (m.find() && line.endsWith("}")) {
                    all.add(Integer.parseInt(m.group(1)));
                }
            }
        }
        return all;
    }

    private List<String> lines(String name) throws IOException {
        Path file = directory.resolve(name);
        return Files.exists(file) ? Files.readString(file).lines().toList() : List.of();
    }
}
