package io.patchwar.processor.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.patchwar.model.Lifecycle;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.watch.live.LiveAccount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the stream processor counts. They add up:
 *
 * <ul>
 *   <li>records read = {@code stream.events} of all outcomes + {@code stream.heartbeats}, and of these events
 *       accepted + skipped + rejected is all, skipped and rejected each told again by reason;
 *   <li>events accepted = {@code stream.writes} judged + late + duplicate + replayed, and those held now.
 * </ul>
 *
 * Labels are bounded: of clusters the first hundred by name. Thread-safe.
 */
public final class ProcessorMetrics {
    /** Clusters that are named in labels; the others count together. */
    static final int MOST_CLUSTERS = 100;

    private static final Duration[] LATENCIES = {
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5)
    };

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final BoundedLabels clusters = new BoundedLabels(MOST_CLUSTERS);
    private final ClusterClocks clocks;
    private final TaskAccounts accounts;
    private final Map<String, Counter> hot = new ConcurrentHashMap<>();
    private final AtomicLong deadLetterBudget = new AtomicLong();
    private final Timer latency;
    private final Counter toldBefore;

    public ProcessorMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.clocks = new ClusterClocks(clock);
        this.accounts = new TaskAccounts(registry);
        this.latency = Timer.builder("patchwar.detection.latency")
                .description("From the change that opened a war, by its stamp, to the war on its way to its topic")
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
        this.toldBefore = Counter.builder("patchwar.war.updates.told.before")
                .description("Updates found again after a crash that the topic of wars held already: not written again")
                .register(registry);
        Gauge.builder("patchwar.dead.letter.budget", deadLetterBudget, AtomicLong::get)
                .description("Dead letters that are still put up with in this interval; below zero the instance stops")
                .register(registry);
        // A counter that is born with its first event has no increase for it: what may happen starts at zero.
        for (RejectReason reason : RejectReason.values()) {
            deadLetters(reason.word());
        }
    }

    private Counter deadLetters(String reason) {
        return known("patchwar.dead.letters", "Records put aside because they could not be read", "reason", reason);
    }

    /** An event was read that the task's watch takes in. */
    public void accepted(String task, String cluster, Instant stamp) {
        event(cluster, "accepted");
        heard(task, cluster, stamp);
    }

    /** A good event was read that cannot matter. */
    public void skipped(String cluster, SkipReason reason) {
        event(cluster, "skipped");
        counter("patchwar.stream.events.skipped", "Events that cannot matter, by reason", "reason", reason.word());
    }

    /** A record was read that is no event. */
    public void rejected(String cluster, String reason) {
        event(cluster, "rejected");
        counter("patchwar.stream.events.rejected", "Records that could not be read, by reason", "reason", reason);
    }

    /** The task read a heartbeat. */
    public void heartbeat(String task, String cluster, Instant heardUpTo) {
        String name = clusters.of(cluster);
        counter("patchwar.stream.heartbeats", "Heartbeats read, of which each partition has its own", "cluster", name);
        heard(task, cluster, heardUpTo);
    }

    private void event(String cluster, String outcome) {
        String name = clusters.of(cluster);
        String key = name + ' ' + outcome;
        Counter known = hot.get(key);
        if (known == null) {
            known = hot.computeIfAbsent(
                    key,
                    k -> Counter.builder("patchwar.stream.events")
                            .description("Records read from audit-events but for heartbeats, by outcome")
                            .tags("cluster", name, "outcome", outcome)
                            .register(registry));
        }
        known.increment();
    }

    /** For the task the cluster's time is at least this. */
    private void heard(String task, String cluster, Instant stamp) {
        String name = clusters.of(cluster);
        if (clocks.heard(task, name, stamp)) {
            newCluster(name);
        }
    }

    private void newCluster(String name) {
        Tags tags = Tags.of("cluster", name);
        Gauge.builder("patchwar.event.lag.seconds", clocks, all -> all.lag(name))
                .description(
                        "Wall clock less the newest stamp of the cluster, on that partition of this instance that is farthest behind")
                .tags(tags)
                .register(registry);
        Gauge.builder("patchwar.stream.stalled.seconds", clocks, all -> all.stalled(name))
                .description("Since when the cluster's time, of events and heartbeats, has not moved here")
                .tags(tags)
                .register(registry);
        for (WarClass warClass : WarClass.values()) {
            started(name, warClass);
            ended(name, warClass);
        }
    }

    private Counter started(String cluster, WarClass warClass) {
        return Counter.builder("patchwar.wars.started")
                .description("Wars and findings that opened")
                .tags("cluster", cluster, "class", warClass.word())
                .register(registry);
    }

    private Counter ended(String cluster, WarClass warClass) {
        return Counter.builder("patchwar.wars.ended")
                .description("Wars and findings that ended")
                .tags("cluster", cluster, "class", warClass.word())
                .register(registry);
    }

    /** A write changed fields. */
    public void changed(String cluster, int fields) {
        String name = clusters.of(cluster);
        Counter known = hot.computeIfAbsent(
                name + " changes",
                k -> Counter.builder("patchwar.field.changes")
                        .description("Fields changed by writes")
                        .tags("cluster", name)
                        .register(registry));
        known.increment(fields);
    }

    /** A war is on its way to its topic. */
    public void war(WarUpdate update) {
        War war = update.war();
        String cluster = clusters.of(war.object().cluster());
        if (update.lifecycle() == Lifecycle.OPENED) {
            started(cluster, war.warClass()).increment();
            Duration since = Duration.between(war.lastChangeAt(), clock.instant());
            latency.record(since.isNegative() ? Duration.ZERO : since);
        } else if (update.lifecycle() == Lifecycle.ENDED) {
            ended(cluster, war.warClass()).increment();
        }
        counter(
                "patchwar.war.updates",
                "Updates of wars, those told before a crash among them",
                "lifecycle",
                update.lifecycle().word());
    }

    /** An update was found again after a crash, and was in its topic already. */
    public void toldBefore() {
        toldBefore.increment();
    }

    /** A dead letter was written. */
    public void deadLetter(String reason, long budgetLeft) {
        deadLetters(reason).increment();
        deadLetterBudget.set(budgetLeft);
    }

    /** How many dead letters are put up with from now on. */
    public void deadLetterBudget(long left) {
        deadLetterBudget.set(left);
    }

    /** A record could not be written and was left out. */
    public void notWritten(String topic, String reason) {
        Counter.builder("patchwar.records.not.written")
                .description("Records left out because Kafka refused them")
                .tags("topic", topic, "reason", reason)
                .register(registry)
                .increment();
    }

    /** A stream thread failed. */
    public void failed(String outcome) {
        counter("patchwar.stream.failures", "Failures of stream threads, by what was done", "outcome", outcome);
    }

    /** What a partition's watch did so far, and holds now. */
    public void account(String task, LiveAccount now) {
        accounts.put(task, now);
    }

    /** A partition went elsewhere. */
    public void closed(String task) {
        accounts.remove(task);
        clocks.closed(task);
    }

    private void counter(String name, String description, String label, String value) {
        known(name, description, label, value).increment();
    }

    private Counter known(String name, String description, String label, String value) {
        return hot.computeIfAbsent(
                name + ' ' + value,
                k -> Counter.builder(name)
                        .description(description)
                        .tags(label, value)
                        .register(registry));
    }
}
