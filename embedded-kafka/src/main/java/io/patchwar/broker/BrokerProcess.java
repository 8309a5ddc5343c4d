package io.patchwar.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A single-node broker in a JVM of its own, which is watched, and started again when it ends: a full disk halts the JVM that a
 * broker runs in, without a word, and must not take this one along. The child never outlives this process. Its directory
 * belongs to one process at a time. Thread-safe.
 */
public final class BrokerProcess implements AutoCloseable {
    private static final Pattern CAUSE =
            Pattern.compile("^(?:Caused by: )?[a-zA-Z0-9_.$]+(?:Exception|Error): | ERROR ");
    private static final int PORT_ATTEMPTS = 5;
    private static final long LOG_BYTES = 4 << 20;
    /** A process that was killed just now may not have let go yet. */
    private static final Duration GONE = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final BrokerProcessConfig config;
    private final FreeSpace space;
    private final Consumer<String> says;
    private final DataLock lock;
    private final BrokerLog log;
    private final Thread watch = new Thread(this::watch, "broker-watch");
    private volatile BrokerChild child;
    private volatile BrokerStatus status;
    private volatile boolean closing;

    /**
     * Starts the broker and returns once it answers.
     *
     * @param says told in a sentence what happens to the broker later on; called on the watching thread
     * @throws BrokerException if it cannot run: the message says why, and what to do
     */
    public static BrokerProcess start(BrokerProcessConfig config, Consumer<String> says)
            throws BrokerException, InterruptedException {
        Path home = config.home();
        try {
            Files.createDirectories(config.records());
            Files.createDirectories(config.log().getParent());
        } catch (IOException e) {
            throw new BrokerException(
                    "cannot use " + home + " for data (" + e + "); give a directory that can be written", e);
        }
        DataLock lock = DataLock.take(home.resolve("lock"), GONE);
        BrokerLog log = new BrokerLog(config.log(), LOG_BYTES);
        try {
            FreeSpace space = new FreeSpace(home, config.leastFree());
            if (!space.isEnough()) {
                throw new BrokerException(space.shortage());
            }
            BrokerProcess broker = new BrokerProcess(config, space, says, lock, log, first(config, log));
            broker.watch.setDaemon(true);
            broker.watch.start();
            return broker;
        } catch (BrokerException | InterruptedException | RuntimeException e) {
            log.close();
            lock.close();
            throw e;
        }
    }

    private BrokerProcess(
            BrokerProcessConfig config,
            FreeSpace space,
            Consumer<String> says,
            DataLock lock,
            BrokerLog log,
            BrokerChild child) {
        this.config = config;
        this.space = space;
        this.says = says;
        this.lock = lock;
        this.log = log;
        this.child = child;
        this.status = up();
    }

    /** The first life chooses the ports. Another process may take one before the broker does: then it chooses again. */
    private static BrokerChild first(BrokerProcessConfig config, BrokerLog log)
            throws BrokerException, InterruptedException {
        BrokerException last = new BrokerException("no port was tried");
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            int port = config.port() == 0 ? LoopbackPorts.free() : config.port();
            try {
                return launch(config, port, log);
            } catch (PortTaken e) {
                last = e;
                if (config.port() != 0) {
                    break;
                }
            }
        }
        throw last;
    }

    private static BrokerChild launch(BrokerProcessConfig config, int port, BrokerLog log)
            throws BrokerException, InterruptedException {
        log.forget();
        BrokerChild child = BrokerChild.launch(
                new BrokerConfig(config.records(), port, LoopbackPorts.free(), config.brokerProperties()),
                config.heap(),
                config.home().resolve("broker.lock"),
                log);
        try {
            if (child.awaitAnswer(config.patience())) {
                return child;
            }
            int exit = child.process().waitFor();
            if (exit == BrokerMain.PORT_TAKEN) {
                throw new PortTaken(port);
            }
            throw new BrokerException("the broker ended while it started (" + ending(exit) + ")" + lastWords(log));
        } catch (TimeoutException e) {
            child.kill();
            throw new BrokerException(
                    "the broker did not answer within " + config.patience().toSeconds() + "s" + lastWords(log), e);
        } catch (InterruptedException e) {
            child.process().destroyForcibly();
            throw e;
        }
    }

    /** Somebody else listens where the broker should. */
    private static final class PortTaken extends BrokerException {
        private static final long serialVersionUID = 1;

        PortTaken(int port) {
            super("another process listens on port " + port + " or on the port of the controller beside it; stop it, or"
                    + " leave the choice of the port to Patchwar");
        }
    }

    /** The cause in the broker's own words: the innermost of the newest failure. */
    private static String lastWords(BrokerLog log) {
        String words = "";
        for (String line : log.last()) {
            if (line.toLowerCase(Locale.ROOT).contains("no space left")) {
                return ": its disk is full; make room, or choose another data directory. Its log is " + log.file();
            }
            if (CAUSE.matcher(line).find()) {
                words = ": " + line.strip();
            }
        }
        return words + ". Its log is " + log.file();
    }

    private static String ending(int exit) {
        return exit > 128 ? "killed by signal " + (exit - 128) : "status " + exit;
    }

    /** {@code host:port} for clients; the same over every restart. */
    public String bootstrap() {
        return child.config().bootstrap();
    }

    public BrokerStatus status() {
        return status;
    }

    /** Process id of the JVM that runs now, or ran last. */
    public long pid() {
        return child.process().pid();
    }

    private BrokerStatus up() {
        return new BrokerStatus(true, true, "listens on " + bootstrap());
    }

    private void watch() {
        Duration pause = FIRST_PAUSE;
        long since = System.nanoTime();
        try {
            while (!closing) {
                if (!child.process().waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    lookAtSpace();
                    continue;
                }
                boolean wasSteady = System.nanoTime() - since > STEADY.toNanos();
                pause = wasSteady ? FIRST_PAUSE : pause;
                if (status.up()) {
                    String how = ending(child.process().exitValue()) + ")" + lastWords(log);
                    tell(new BrokerStatus(false, true, "the broker ended (" + how + ". It is started again"));
                }
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                since = System.nanoTime();
                restart();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void restart() throws InterruptedException {
        if (!space.isEnough()) {
            if (status.roomy()) {
                tell(new BrokerStatus(false, false, "the broker waits: " + space.shortage()));
            }
            return;
        }
        try {
            child = launch(config, child.config().port(), log);
            tell(new BrokerStatus(true, true, "the broker is back and listens on " + bootstrap()));
        } catch (BrokerException e) {
            tell(new BrokerStatus(false, true, "the broker cannot be started again yet: " + e.getMessage()));
        }
    }

    private void lookAtSpace() {
        if (space.isEnough()) {
            if (!status.roomy()) {
                says.accept("the disk of " + space.directory() + " has room again");
                status = up();
            }
        } else if (status.roomy()) {
            tell(new BrokerStatus(true, false, "nothing more is taken in: " + space.shortage()));
        }
    }

    private void tell(BrokerStatus now) {
        status = now;
        says.accept(now.detail());
    }

    /** Stops the broker cleanly and waits for its end. */
    @Override
    public void close() {
        closing = true;
        watch.interrupt();
        boolean interrupted = false;
        try {
            watch.join(Duration.ofMinutes(1).toMillis());
            child.stop();
        } catch (InterruptedException e) {
            child.process().destroyForcibly();
            interrupted = true;
        } finally {
            log.close();
            lock.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
