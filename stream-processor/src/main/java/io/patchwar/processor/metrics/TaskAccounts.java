package io.patchwar.processor.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchwar.watch.live.LiveAccount;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the watches of this instance's partitions hold now, added up, and what they did since they began. A task that goes takes
 * along what it holds, and not what it did. Thread-safe; each task's account is put by one thread.
 */
final class TaskAccounts {
    private final MeterRegistry registry;
    private final Map<String, LiveAccount> accounts = new ConcurrentHashMap<>();

    TaskAccounts(MeterRegistry registry) {
        this.registry = registry;
        held(
                "patchwar.stream.held.events",
                "Events that wait for those that belong before them",
                LiveAccount::heldEvents);
        held("patchwar.stream.held.bytes", "Bytes of events that wait, roughly", LiveAccount::heldBytes);
        held("patchwar.tracked.objects", "Objects tracked by this instance", LiveAccount::objects);
        held("patchwar.tracked.bytes", "Bytes of state that tracked objects take, encoded", LiveAccount::bytes);
        held("patchwar.hot.objects", "Objects kept decoded on the heap", LiveAccount::hotObjects);
        held("patchwar.hot.bytes", "Bytes of heap for objects kept decoded, roughly", LiveAccount::hotBytes);
        held(
                "patchwar.stream.wars",
                "Wars and findings fought now, of the partitions of this instance",
                LiveAccount::activeWars);
        Gauge.builder("patchwar.watched.partitions", accounts, Map::size)
                .description("Partitions that this instance watches")
                .register(registry);
    }

    private void held(String name, String description, ToLongFunction<LiveAccount> part) {
        Gauge.builder(
                        name,
                        accounts,
                        all -> all.values().stream().mapToLong(part).sum())
                .description(description)
                .register(registry);
    }

    /** What a task's watch did so far, and holds now. */
    void put(String task, LiveAccount now) {
        LiveAccount before = accounts.put(task, now);
        count("judged", before, now, a -> a.judged() - a.late());
        count("late", before, now, LiveAccount::late);
        count("duplicate", before, now, LiveAccount::duplicates);
        count("replayed", before, now, LiveAccount::replayed);
        forgotten("evicted", before, now, LiveAccount::evicted);
        forgotten("expired", before, now, LiveAccount::expired);
        forgotten("oversized", before, now, LiveAccount::oversized);
        forgotten("histories", before, now, LiveAccount::forgotten);
        add(
                Counter.builder("patchwar.stream.judged.early")
                        .description("Writes judged before their grace was over, for want of room to hold them")
                        .register(registry),
                before,
                now,
                LiveAccount::judgedEarly);
    }

    /** The task went elsewhere. */
    void remove(String task) {
        accounts.remove(task);
    }

    private void count(
            String outcome, @Nullable LiveAccount before, LiveAccount now, ToLongFunction<LiveAccount> part) {
        add(
                Counter.builder("patchwar.stream.writes")
                        .description("Events accepted, by what became of them; those held now are not among them yet")
                        .tags("outcome", outcome)
                        .register(registry),
                before,
                now,
                part);
    }

    private void forgotten(
            String reason, @Nullable LiveAccount before, LiveAccount now, ToLongFunction<LiveAccount> part) {
        add(
                Counter.builder("patchwar.forgotten")
                        .description("What was forgotten of objects, by reason")
                        .tags("reason", reason)
                        .register(registry),
                before,
                now,
                part);
    }

    private static void add(
            Counter counter, @Nullable LiveAccount before, LiveAccount now, ToLongFunction<LiveAccount> part) {
        counter.increment((double) (part.applyAsLong(now) - (before == null ? 0 : part.applyAsLong(before))));
    }
}
