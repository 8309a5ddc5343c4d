package io.patchwar.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small disk of its own, which only root can make: skipped, and reported as such, for anybody else. */
class FullDiskIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MIB = 1 << 20;

    @TempDir
    private Path disk;

    private boolean isMounted;

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @BeforeEach
    void mount() throws Exception {
        isMounted = run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()) == 0;
        assumeThat(isMounted).as("a file system can be mounted here").isTrue();
    }

    @AfterEach
    void unmount() throws Exception {
        if (isMounted) {
            run("umount", disk.toString());
        }
    }

    @Test
    void warnsBelowTheWatermarkEndsWhenTheDiskIsFullAndComesBackWithAllOnceThereIsRoom() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        BrokerProcessConfig config =
                BrokerProcessConfig.in(disk.resolve("home")).withLeastFree(8 * MIB);
        try (BrokerProcess broker = BrokerProcess.start(config, said::add)) {
            Records records = new Records(broker.bootstrap());
            records.createTopic();
            records.write("before");
            long first = broker.pid();
            Path ballast = disk.resolve("ballast");

            fill(ballast, 4 * MIB);
            await().atMost(PATIENCE).until(() -> !broker.status().roomy());
            assertThat(broker.status().up()).isTrue();
            assertThat(said.get(0)).contains("nothing more is taken in", "MiB free", "make room");

            fill(ballast, 0);
            writeUntilItFails(records);
            await().atMost(PATIENCE).until(() -> !broker.status().up());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(said).anyMatch(line -> line.contains("broker waits")));

            Files.delete(ballast);
            await().atMost(PATIENCE)
                    .until(() -> broker.pid() != first && broker.status().ok());
            assertThat(records.read(1)).first().isEqualTo("before");
            records.write("after");
        }
    }

    private static void fill(Path ballast, long left) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] block = new byte[64 << 10];
            while (Files.getFileStore(ballast).getUsableSpace() > left) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(left).as("only a disk that is to be full may be full").isZero();
        }
    }

    private static void writeUntilItFails(Records records) throws InterruptedException {
        Map<String, Object> impatient =
                Map.of("delivery.timeout.ms", 3_000, "request.timeout.ms", 2_000, "max.block.ms", 3_000);
        try (KafkaProducer<String, String> producer = records.producer(impatient)) {
            String large = "x".repeat(512 << 10);
            for (int i = 0; i < 200; i++) {
                producer.send(new ProducerRecord<>("one", large)).get();
            }
        } catch (ExecutionException e) {
            return;
        }
        throw new AssertionError("a full disk took 100 MiB");
    }
}
