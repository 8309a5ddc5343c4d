package io.patchwar.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * That this process was asked to stop (SIGTERM, Ctrl-C); holds the JVM's end back until what runs has stopped in order, or for
 * 45 seconds. Thread-safe.
 */
public final class StopSignal implements AutoCloseable {
    /** As long as a stop may take: doors, then what is under way to Kafka. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(45);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Waits until a stop is asked for. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /** Waits until a stop is asked for, or for that long; true if it is asked for. */
    public boolean await(Duration atMost) throws InterruptedException {
        return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Begins to listen for the JVM being told to end. */
    StopSignal install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopInOrder, "stop"));
        return this;
    }

    private void stopInOrder() {
        asked.countDown();
        try {
            var unused = ended.await(LONGEST_STOP.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What runs has stopped; the JVM may end. */
    @Override
    public void close() {
        ended.countDown();
    }
}
