package io.patchwar.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path home;

    private final List<String> said = new CopyOnWriteArrayList<>();

    private BrokerProcess start(BrokerProcessConfig config) throws Exception {
        return BrokerProcess.start(config, said::add);
    }

    private static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
        assertThat(kill.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void comesBackOnTheSamePortWithAllThatItAcknowledgedWhenItsJvmIsKilled() throws Exception {
        try (BrokerProcess broker = start(BrokerProcessConfig.in(home))) {
            String bootstrap = broker.bootstrap();
            Records records = new Records(bootstrap);
            records.createTopic();
            List<String> acknowledged =
                    IntStream.range(0, 20).mapToObj(String::valueOf).toList();
            for (String value : acknowledged) {
                records.write(value);
            }
            long killed = broker.pid();

            signal("KILL", killed);

            await().atMost(PATIENCE)
                    .until(() -> broker.pid() != killed && broker.status().ok());
            assertThat(broker.bootstrap()).isEqualTo(bootstrap);
            assertThat(records.read(20)).isEqualTo(acknowledged);
            assertThat(said).hasSize(2);
            assertThat(said.get(0)).contains("killed by signal 9", "started again");
            assertThat(said.get(1)).contains("back", bootstrap);
        }
    }

    @Test
    void leavesNoProcessAndKeepsItsRecordsWhenItIsClosed() throws Exception {
        long first;
        try (BrokerProcess broker = start(BrokerProcessConfig.in(home))) {
            first = broker.pid();
            Records records = new Records(broker.bootstrap());
            records.createTopic();
            records.write("kept");
        }
        assertThat(isAlive(first)).isFalse();
        assertThat(said).isEmpty();

        try (BrokerProcess again = start(BrokerProcessConfig.in(home))) {
            assertThat(new Records(again.bootstrap()).read(1)).containsExactly("kept");
        }
    }

    @Test
    void goesWhenItsParentIsKilledAndMakesRoomForTheNext() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentMain.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = parent.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            assertThat(line).startsWith("broker ");
            long child = Long.parseLong(line.substring("broker ".length()));
            assertThat(isAlive(child)).isTrue();

            signal("KILL", parent.pid());

            // At once, and not only when the orphan is gone: what is left of it must not be in the way.
            try (BrokerProcess next = start(BrokerProcessConfig.in(home))) {
                assertThat(next.status().ok()).isTrue();
            }
            await().atMost(PATIENCE).until(() -> !isAlive(child));
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void outlivesWhatATerminalSendsToAllItsProcessesAndHasItsDirectoryForItself() throws Exception {
        try (BrokerProcess broker = start(BrokerProcessConfig.in(home))) {
            for (String name : List.of("INT", "HUP", "TERM")) {
                signal(name, broker.pid());
            }
            assertThatThrownBy(() -> start(BrokerProcessConfig.in(home)))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("in use by another patchwar (process "
                            + ProcessHandle.current().pid() + ")")
                    .hasMessageContaining("data directory of its own");

            Records records = new Records(broker.bootstrap());
            records.createTopic();
            records.write("alive");
            assertThat(records.read(1)).containsExactly("alive");
            assertThat(said).isEmpty();
        }
    }

    @Test
    void saysThatItsPortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();
            assertThatThrownBy(() -> start(BrokerProcessConfig.in(home).withPort(taken)))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("another process listens on port " + taken);
        }
    }

    @Test
    void saysWhyAndWhereToReadOnWhenItCannotStart() throws Exception {
        Files.createDirectories(home.resolve("kafka"));
        Files.writeString(home.resolve("kafka").resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=x\n");

        assertThatThrownBy(() -> start(BrokerProcessConfig.in(home)))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("ended while it started")
                .hasMessageContaining("node")
                .hasMessageContaining(home.resolve("logs").resolve("broker.log").toString());
    }

    @Test
    void doesNotStartOnADiskWithoutRoom() {
        assertThatThrownBy(() -> start(BrokerProcessConfig.in(home).withLeastFree(Long.MAX_VALUE)))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("MiB free")
                .hasMessageContaining("make room");
    }

    @Test
    void doesNotStartWhereItCannotWrite() throws IOException {
        Path file = Files.createFile(home.resolve("file"));
        assertThatThrownBy(() -> start(BrokerProcessConfig.in(file)))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("give a directory that can be written");
    }
}
