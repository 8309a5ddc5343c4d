package io.patchwar.broker;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child JVM of {@link BrokerProcess}: a broker that lives as long as its parent holds on to it. Standard input is the
 * lifeline: once it ends, because the parent closed it or is gone, however it went, the broker stops cleanly.
 *
 * <p>Arguments: the parent's process id, the directory, the lock file, the client port, the controller port, and
 * {@code key=value} for each broker property over the chosen ones.
 */
final class BrokerMain {
    /** Says on standard output that the broker takes part in its cluster of one. */
    static final String READY = "patchwar-broker-ready";

    static final int PORT_TAKEN = 3;
    static final int IN_USE = 4;

    /** A broker whose parent was killed may still be closing its files when the next one starts. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(20);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final int OUR_ARGUMENTS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(BrokerMain.class);

    private BrokerMain() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch end = watch(Long.parseLong(args[0]));
        Map<String, String> more = new HashMap<>();
        for (int i = OUR_ARGUMENTS; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            more.put(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        BrokerConfig config =
                new BrokerConfig(Path.of(args[1]), Integer.parseInt(args[3]), Integer.parseInt(args[4]), more);
        int status = run(config, Path.of(args[2]), end);
        // Not a normal end: a broker that could not start leaves threads behind that would keep the JVM.
        Runtime.getRuntime().halt(status);
    }

    private static int run(BrokerConfig config, Path lockFile, CountDownLatch end) throws InterruptedException {
        DataLock lock;
        try {
            lock = DataLock.take(lockFile, LOCK_PATIENCE);
        } catch (BrokerException e) {
            LOG.error(e.getMessage());
            return IN_USE;
        }
        try {
            InProcessBroker broker = InProcessBroker.start(config);
            System.out.println(READY);
            end.await();
            broker.close();
            return 0;
        } catch (RuntimeException e) {
            LOG.error("the broker could not start", e);
            return isPortTaken(e) ? PORT_TAKEN : 1;
        } finally {
            lock.close();
        }
    }

    /** The lifeline ends with its parent in any case that we know; looking at the parent is for those that we do not. */
    private static CountDownLatch watch(long parent) {
        CountDownLatch end = new CountDownLatch(1);
        Runnable goodbye = () -> {
            haltUnlessStoppedSoon();
            end.countDown();
        };
        Optional<ProcessHandle> handle = ProcessHandle.of(parent);
        if (handle.isEmpty()) {
            goodbye.run();
        } else {
            var unused = handle.get().onExit().thenRun(goodbye);
        }
        Thread lifeline = new Thread(
                () -> {
                    awaitEndOfInput();
                    goodbye.run();
                },
                "lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
        return end;
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nobody has anything to say here but goodbye.
            }
        } catch (IOException e) {
            LOG.debug("the lifeline broke", e);
        }
    }

    private static void haltUnlessStoppedSoon() {
        Thread deadline = new Thread(
                () -> {
                    try {
                        Thread.sleep(STOP_PATIENCE.toMillis());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(1);
                },
                "stop-deadline");
        deadline.setDaemon(true);
        deadline.start();
    }

    static boolean isPortTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }
}
