package io.patchwar.processor.alerting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Alerts that wait for one instance of an Alertmanager. What waits is replaced by its newer form; when it is full, the oldest
 * makes room, since it is the likeliest to be repeated soon. Thread-safe.
 */
final class Outbox {
    private final int capacity;
    private final Map<Map<String, String>, Alert> waiting = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;

    Outbox(int capacity) {
        this.capacity = capacity;
    }

    /** Says how many were dropped to make room. */
    int put(List<Alert> alerts) {
        int dropped = 0;
        lock.lock();
        try {
            for (Alert alert : alerts) {
                boolean waits = waiting.containsKey(alert.labels());
                if (!waits && waiting.size() >= capacity) {
                    Iterator<Alert> oldest = waiting.values().iterator();
                    oldest.next();
                    oldest.remove();
                    dropped++;
                }
                waiting.put(alert.labels(), alert);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return dropped;
    }

    /** The oldest, at most so many; waits for some for as long as that. None if nothing came, or it was closed and is empty. */
    List<Alert> take(int most, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (waiting.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            List<Alert> taken = new ArrayList<>(Math.min(most, waiting.size()));
            for (Iterator<Alert> all = waiting.values().iterator(); all.hasNext() && taken.size() < most; ) {
                taken.add(all.next());
                all.remove();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isDone() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
