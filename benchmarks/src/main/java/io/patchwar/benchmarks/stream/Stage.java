package io.patchwar.benchmarks.stream;

import io.patchwar.broker.BrokerException;
import io.patchwar.broker.BrokerProcess;
import io.patchwar.broker.BrokerProcessConfig;
import io.patchwar.model.wire.TopicName;
import io.patchwar.service.kafka.TopicProblems;
import io.patchwar.service.kafka.TopicSetup;
import io.patchwar.service.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/** The broker, a child JVM with the settings of {@code patchwar serve}, and a directory for all that runs beside it. One thread. */
final class Stage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long RETAINED = 1L << 30;

    private final Path home;
    private final BrokerProcess broker;
    private final Admin admin;

    private Stage(Path home, BrokerProcess broker) {
        this.home = home;
        this.broker = broker;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap(), "client.id", "bench"));
    }

    /** Starts a broker over an empty directory; whatever was there is deleted. */
    static Stage in(Path home) throws BrokerException, InterruptedException {
        delete(home);
        return new Stage(
                home,
                BrokerProcess.start(
                        BrokerProcessConfig.in(home.resolve("broker")).withRetainedBytes(RETAINED),
                        says -> System.err.println("broker: " + says)));
    }

    Path home() {
        return home;
    }

    String bootstrap() {
        return broker.bootstrap();
    }

    /** Makes the topics of an application. */
    Topics topics(String application, int partitions) throws InterruptedException {
        Topics topics = new Topics(application + "-", partitions, (short) 1);
        try {
            new TopicSetup(admin, PATIENCE).prepare(topics.all(), true);
        } catch (TopicProblems | TimeoutException e) {
            throw new IllegalStateException("cannot make the topics of " + application, e);
        }
        return topics;
    }

    /** How many records of {@code audit-events} an application has committed. */
    long committed(String application, Topics topics) {
        String topic = topics.name(TopicName.AUDIT_EVENTS);
        try {
            return admin
                    .listConsumerGroupOffsets(application)
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(topic))
                    .mapToLong(entry -> offset(entry.getValue()))
                    .sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker does not say what " + application + " has committed", e);
        }
    }

    private static long offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    ProcessUsage broker() throws IOException {
        return ProcessUsage.of(broker.pid());
    }

    /** Bytes of all files below a directory. */
    static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).mapToLong(Stage::length).sum();
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // deleted meanwhile
        }
    }

    static void delete(Path directory) {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot empty " + directory, e);
            }
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
        broker.close();
    }
}
