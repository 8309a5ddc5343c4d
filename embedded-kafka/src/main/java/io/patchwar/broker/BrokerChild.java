package io.patchwar.broker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** One life of the child JVM: launched by construction, ended by {@link #stop}. Thread-safe. */
final class BrokerChild {
    private static final Duration STOP = Duration.ofSeconds(30);

    private final BrokerConfig config;
    private final Process process;
    private final CompletableFuture<Boolean> up = new CompletableFuture<>();

    private BrokerChild(BrokerConfig config, Process process) {
        this.config = config;
        this.process = process;
    }

    /**
     * Starts the JVM and returns at once.
     *
     * @throws BrokerException if there can be no such process
     */
    static BrokerChild launch(BrokerConfig config, String heap, Path lock, BrokerLog log) throws BrokerException {
        ProcessBuilder builder = new ProcessBuilder(command(config, heap, lock))
                .directory(config.data().toFile())
                .redirectErrorStream(true);
        // The class path stands in the environment and not in the arguments, where `ps` would drown in it.
        builder.environment().put("CLASSPATH", classPath());
        builder.environment()
                .keySet()
                .removeIf(name -> name.equals("JAVA_TOOL_OPTIONS") || name.equals("JDK_JAVA_OPTIONS"));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new BrokerException("cannot start a JVM for the broker: " + e.getMessage(), e);
        }
        BrokerChild child = new BrokerChild(config, process);
        Thread pump = new Thread(() -> child.listen(log), "broker-log");
        pump.setDaemon(true);
        pump.start();
        return child;
    }

    private void listen(BrokerLog log) {
        log.pump(process.getInputStream(), line -> {
            if (line.equals(BrokerMain.READY)) {
                up.complete(true);
            }
        });
        up.complete(false); // its output ended: it is dead, or dying
    }

    /**
     * Ctrl-C at a terminal, a hang-up and a service manager's SIGTERM reach the whole group of processes; the broker must be
     * the last to go, so it ignores them (a signal that is ignored at exec stays so) and goes when its lifeline ends.
     */
    private static List<String> command(BrokerConfig config, String heap, Path lock) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP TERM; exec \"$0\" \"$@\""));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:MaxDirectMemorySize=64m",
                "-Djdk.nio.maxCachedBufferSize=262144",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Dlogback.configurationFile=io/patchwar/broker/logback-broker.xml",
                BrokerMain.class.getName(),
                String.valueOf(ProcessHandle.current().pid()),
                config.data().toString(),
                lock.toString(),
                String.valueOf(config.port()),
                String.valueOf(config.node().controllerPort())));
        for (Map.Entry<String, String> property : config.more().entrySet()) {
            command.add(property.getKey() + "=" + property.getValue());
        }
        return command;
    }

    /** This JVM's own, made absolute: the child works in another directory. */
    private static String classPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /**
     * Waits until the broker answers an admin client: an open port says little.
     *
     * @return whether it does; false if it ended before
     * @throws TimeoutException if it neither answered nor ended in that time
     */
    boolean awaitAnswer(Duration patience) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            if (!up.get(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            Map<String, Object> client = Map.of("bootstrap.servers", config.bootstrap(), "client.id", "broker-watch");
            try (Admin admin = Admin.create(client)) {
                long left = Math.max(1, deadline - System.nanoTime());
                admin.describeCluster().nodes().get(left, TimeUnit.NANOSECONDS);
                return true;
            }
        } catch (ExecutionException e) {
            TimeoutException timeout = new TimeoutException("the broker does not answer: " + e.getCause());
            timeout.initCause(e);
            throw timeout;
        }
    }

    BrokerConfig config() {
        return config;
    }

    Process process() {
        return process;
    }

    /** Lets go of the lifeline, and waits; a broker that does not stop is killed. */
    void stop() throws InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already.
        }
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
    }
}
