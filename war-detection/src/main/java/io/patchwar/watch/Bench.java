package io.patchwar.watch;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.ObjectRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The shards, and the orders that wait for them. One thread gives orders; any may carry them out, those of one shard one after
 * the other. Orders are handed over by the thousand, and no more than a few thousands wait: then who gives them works along.
 */
final class Bench {
    private static final int HANDED_OVER = 256;
    private static final int MOST_WAITING = 4 * HANDED_OVER;

    private final List<Desk> desks = new ArrayList<>();
    private final Deque<Desk> ready = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private int given;
    private int waiting;
    private int busy;
    private long parcels;
    private @Nullable Throwable failure;

    /** A shard and its orders. */
    private static final class Desk {
        private final WatchShard shard;
        /** Given, and not handed over yet; the giving thread's. */
        private List<Order> given = new ArrayList<>();
        /** Handed over; guarded by the lock. */
        private List<Order> waiting = new ArrayList<>();

        private boolean busy;

        /** Number of the last write up to which all are judged. */
        private long judged;

        Desk(WatchShard shard) {
            this.shard = shard;
        }
    }

    Bench(WatchConfig config, DigestKey key, int shards) {
        for (int i = 0; i < shards; i++) {
            desks.add(new Desk(new WatchShard(config, key, i, shards)));
        }
    }

    int shards() {
        return desks.size();
    }

    /** Gives an order to the shard of that object. */
    void tell(ObjectRef object, Order order) {
        tell(desks.get(desks.size() == 1 ? 0 : shardOf(object, desks.size())), order);
    }

    void tellAll(Order order) {
        for (Desk desk : desks) {
            tell(desk, order);
        }
    }

    private void tell(Desk desk, Order order) {
        if (desks.size() == 1) {
            desk.shard.obey(order);
        } else {
            desk.given.add(order);
            given++;
        }
    }

    /** Of names alone, so that an object has the same shard in every run. */
    private static int shardOf(ObjectRef object, int shards) {
        int h = object.name().hashCode();
        h = 31 * h + object.namespace().hashCode();
        h = 31 * h + object.resource().hashCode();
        h = 31 * h + object.group().hashCode();
        h = 31 * h + object.cluster().hashCode();
        h = (h ^ (h >>> 15)) * 0x2c1b3c6d;
        return Math.floorMod(h ^ (h >>> 13), shards);
    }

    /** All writes up to that number may be judged. */
    void due(long due) {
        if (desks.size() == 1) {
            Desk desk = desks.get(0);
            desk.shard.obey(new Order.Judge(due));
            desk.judged = due;
        } else if (given >= HANDED_OVER) {
            handOver(due);
        }
    }

    private void handOver(long due) {
        lock.lock();
        try {
            for (Desk desk : desks) {
                desk.given.add(new Order.Judge(due));
                waiting += desk.given.size();
                if (desk.waiting.isEmpty()) {
                    List<Order> empty = desk.waiting;
                    desk.waiting = desk.given;
                    desk.given = empty;
                } else {
                    desk.waiting.addAll(desk.given);
                    desk.given.clear();
                }
                if (!desk.busy && !ready.contains(desk)) {
                    ready.add(desk);
                }
            }
            given = 0;
            progress.signalAll();
            while (waiting > MOST_WAITING) {
                workOrWait();
            }
            rethrow();
        } finally {
            lock.unlock();
        }
    }

    /** Hands over what is left, and comes back when all of it is done. */
    void finish() {
        if (desks.size() == 1) {
            return;
        }
        handOver(Long.MAX_VALUE);
        lock.lock();
        try {
            while ((waiting > 0 || busy > 0) && failure == null) {
                workOrWait();
            }
            rethrow();
        } finally {
            lock.unlock();
        }
    }

    /** Carries out what waits for one shard, on any thread; false if nothing waits for a shard that nobody is at. */
    boolean judgeSome() {
        lock.lock();
        try {
            return !ready.isEmpty() && work();
        } finally {
            lock.unlock();
        }
    }

    /** Number of the last write up to which all shards have judged theirs. */
    long judged() {
        lock.lock();
        try {
            long judged = Long.MAX_VALUE;
            for (Desk desk : desks) {
                judged = Math.min(judged, desk.judged);
            }
            return judged;
        } finally {
            lock.unlock();
        }
    }

    private void workOrWait() {
        rethrow();
        if (!ready.isEmpty()) {
            work();
            return;
        }
        long seen = parcels;
        long nanos = TimeUnit.SECONDS.toNanos(1);
        try {
            while (parcels == seen && nanos > 0) {
                nanos = progress.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while judging", e);
        }
    }

    /** Holds the lock before and after, but not meanwhile. */
    private boolean work() {
        Desk desk = ready.removeFirst();
        List<Order> orders = desk.waiting;
        desk.waiting = new ArrayList<>(orders.size());
        desk.busy = true;
        busy++;
        lock.unlock();
        Throwable thrown = null;
        try {
            for (Order order : orders) {
                desk.shard.obey(order);
            }
        } catch (RuntimeException | Error e) {
            thrown = e;
        } finally {
            lock.lock();
        }
        failure = failure == null ? thrown : failure;
        // Whatever is handed over ends with an order to judge.
        desk.judged = ((Order.Judge) orders.get(orders.size() - 1)).due();
        desk.busy = false;
        busy--;
        waiting -= orders.size();
        parcels++;
        if (!desk.waiting.isEmpty()) {
            ready.add(desk);
        }
        progress.signalAll();
        return true;
    }

    private void rethrow() {
        if (failure != null) {
            throw new IllegalStateException("judging failed", failure);
        }
    }

    /** What all shards found; while none is at work. */
    Findings findings(Map<String, ClusterSight> heard, Scales scales) {
        Map<String, ClusterSight> sight = new TreeMap<>();
        Map<String, WritesByMinute> writes = new HashMap<>();
        heard.forEach((cluster, own) -> sightOf(cluster, sight).add(own));
        List<WarBook> books = new ArrayList<>();
        for (Desk desk : desks) {
            books.add(desk.shard.book());
            desk.shard.clusters().forEach((cluster, share) -> {
                sightOf(cluster, sight).add(share.sight);
                writes.computeIfAbsent(cluster, name -> new WritesByMinute()).addAll(share.writes);
            });
        }
        return WarBook.findings(books, writes, scales, sight);
    }

    private static ClusterSight sightOf(String cluster, Map<String, ClusterSight> all) {
        return all.computeIfAbsent(cluster, name -> new ClusterSight());
    }

    /** Roughly how many bytes of memory are held for objects; while no shard is at work. */
    long weight() {
        long sum = 0;
        for (Desk desk : desks) {
            sum += desk.shard.weight();
        }
        return sum;
    }
}
