package io.patchwar.watch;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.watch.WaitingLine.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Watches any number of clusters: takes writes as they arrive, has them judged in their order, and says what was found.
 * Time is each cluster's own, moved by its events. Everything is bounded by the configuration; what had to be forgotten is
 * counted. One thread feeds it and asks it. Of a watch with shards any other threads may judge, an object's writes always on
 * one at a time; what is found does not depend on how many threads do.
 */
public final class WarWatch {
    private static final Duration TICK = Duration.ofSeconds(30);

    private final Bench bench;
    private final WaitingLine line;
    private final Scales scales;
    private final Map<String, ClusterSight> sight = new TreeMap<>();
    private final Map<String, ClusterClock> clocks = new TreeMap<>();
    private long records;
    private long writes;
    private long due;

    /** A watch that judges on the thread that feeds it, as soon as a write is due. */
    public WarWatch(WatchConfig config, DigestKey key) {
        this(config, key, 1);
    }

    /**
     * A watch of which any threads may judge.
     *
     * @param shards how many of them may do so at once; the bounds of the configuration are divided among as many. With 1, the
     *     feeding thread judges, and nobody else
     */
    public WarWatch(WatchConfig config, DigestKey key, int shards) {
        this.bench = new Bench(config, key, shards);
        this.line = new WaitingLine(config.grace(), config.heldEvents(), config.mostHeldBytes());
        this.scales = new Scales(config.pressure(), config.mostWars());
    }

    /** One more record of the input, whatever it was: how long writes are held is counted in these. */
    public void read() {
        records++;
    }

    /** Takes a write in; the event's buffers must stay as they are for as long as it is held. */
    public void accept(AuditEvent event) {
        ClusterClock clock = clock(event.object().cluster());
        clusterSight(event.object().cluster()).heard(event.time());
        clock.heard(event.time());
        if (event.verb() == Verb.DELETECOLLECTION) {
            acceptCollection(event, clock);
        } else {
            hold(event, clock);
        }
        release();
    }

    /** One delete for each item of the reply's list; without a list nobody can tell what is gone. */
    private void acceptCollection(AuditEvent event, ClusterClock clock) {
        try {
            if (DeletedCollection.isUnlisted(event)) {
                countUnlisted(event.object());
            }
            DeletedCollection.items(event).forEach(delete -> hold(delete, clock));
        } catch (MalformedJsonException e) {
            countUnlisted(event.object());
        }
    }

    private void countUnlisted(ObjectRef object) {
        clusterSight(object.cluster()).of(object.group(), object.resource()).countUnlistedCollection();
    }

    private void hold(AuditEvent event, ClusterClock clock) {
        writes++;
        bench.tell(event.object(), new Order.Take(event, writes, due, clock.now()));
        line.add(new Waiting(writes, records, event.time(), clock, size(event)));
    }

    private static int size(AuditEvent event) {
        return 600
                + (event.request() == null ? 0 : event.request().length())
                + (event.response() == null ? 0 : event.response().length());
    }

    private void release() {
        while (!line.isEmpty()) {
            boolean ripe = line.isRipe(records);
            if (!ripe && !line.isCrowded()) {
                break;
            }
            Waiting first = line.next();
            if (!ripe) {
                clusterSight(first.clock().cluster()).countJudgedEarly();
            }
            goOn(first);
        }
        bench.due(due);
    }

    /** Lets a write be judged, and its cluster's time come to where it stands. */
    private void goOn(Waiting write) {
        ClusterClock clock = write.clock();
        Instant lastJudged = clock.judges(write.time());
        if (Passed.moreThan(TICK, lastJudged, write.time())) {
            // Nothing was written for a while, and by now nothing is known any more of how fast it was before.
            weigh(clock, lastJudged, false);
        }
        due = write.number();
        if (clock.ticks(write.time(), TICK)) {
            weigh(clock, write.time(), true);
        }
    }

    private void weigh(ClusterClock clock, Instant now, boolean passes) {
        Weighing weighing = new Weighing(scales, now, bench.shards());
        bench.tellAll(new Order.Weigh(clock.cluster(), now, due, weighing, passes));
    }

    /**
     * Judges some of what is due and nobody judges yet, on any thread.
     *
     * @return false if there is nothing to be done now
     */
    public boolean judgeSome() {
        return bench.judgeSome();
    }

    /** How many writes came, those of a collection one by one. */
    public long taken() {
        return writes;
    }

    /** Of these, how many, from the first on, are judged: their buffers are needed no more. */
    public long judged() {
        return bench.judged();
    }

    /** The input is over: judges all that is held, and ends what has been silent by its cluster's clock. */
    public void finish() {
        while (!line.isEmpty()) {
            goOn(line.next());
        }
        bench.due(due);
        clocks.values().forEach(clock -> weigh(clock, clock.now(), true));
        bench.finish();
    }

    /** What was found so far; of a watch with shards, after its end only. */
    public Findings findings() {
        return bench.findings(sight, scales);
    }

    private ClusterClock clock(String cluster) {
        ClusterClock clock = clocks.get(cluster);
        if (clock == null) {
            clock = new ClusterClock(cluster);
            clocks.put(cluster, clock);
        }
        return clock;
    }

    private ClusterSight clusterSight(String cluster) {
        return sight.computeIfAbsent(cluster, name -> new ClusterSight());
    }

    /** Roughly how many bytes of memory are held for objects and waiting events; of a watch with one shard. */
    public long weight() {
        return bench.weight() + line.bytes();
    }
}
