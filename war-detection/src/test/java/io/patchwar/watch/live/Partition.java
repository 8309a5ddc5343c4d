package io.patchwar.watch.live;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.wire.Heartbeat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A partition of the topic of events, and what reads it: a watch that may be stopped, and may crash, at any place. */
final class Partition {
    private interface Item {
        void read(LiveWatch watch, long position);
    }

    private final List<Item> items = new ArrayList<>();
    private final LiveConfig config;
    final Topic topic;
    final TornMemory memory = new TornMemory();
    LiveWatch watch;
    int next;
    private int committed;
    long accepted;
    long skipped;
    private Instant newest = Instant.EPOCH;

    Partition(LiveConfig config) {
        this(config, new Topic());
    }

    Partition(LiveConfig config, Topic topic) {
        this.config = config;
        this.topic = topic;
        this.watch = begin();
    }

    private LiveWatch begin() {
        LiveWatch begun = new LiveWatch(config, DigestKey.of(new byte[16]), memory, topic);
        begun.restore();
        return begun;
    }

    Partition event(String cluster, String source, byte[] line) {
        byte[] own = line.clone();
        new AuditReader(cluster, Scope.DEFAULT).read(own, 0, own.length, source, new AuditSink() {
            @Override
            public void accepted(AuditEvent event) {
                accepted++;
                newest = event.time().isAfter(newest) ? event.time() : newest;
                items.add((to, position) -> to.accept(event, position));
            }

            @Override
            public void skipped(SkipReason reason) {
                skipped++;
            }

            @Override
            public void rejected(RejectReason reason, String detail) {
                throw new AssertionError(reason + ": " + detail);
            }
        });
        return this;
    }

    Partition heartbeat(String cluster, String source, Instant heardUpTo, boolean ordered) {
        Heartbeat heartbeat = new Heartbeat(cluster, source, heardUpTo, ordered);
        items.add((to, position) -> to.heartbeat(heartbeat));
        return this;
    }

    /** The newest stamp of any event in it. */
    Instant newest() {
        return newest;
    }

    int size() {
        return items.size();
    }

    /** Reads one item; false at the end. */
    boolean step() {
        if (next == items.size()) {
            return false;
        }
        items.get(next).read(watch, next);
        next++;
        return true;
    }

    Partition run() {
        while (step()) {
            // Until the end.
        }
        return this;
    }

    void commit() {
        watch.commit();
        memory.flush();
        committed = next;
    }

    /** Is read from further back once more. */
    void rewind(int position) {
        next = position;
    }

    /** Begins at that position, as if what came before had been read by another. */
    Partition at(int position) {
        while (items.size() < position) {
            items.add((to, at) -> {});
        }
        next = position;
        committed = position;
        return this;
    }

    /** Begins anew with the memory as it is. */
    void restartAsRead() {
        watch = begin();
    }

    /** Is deleted and made anew: positions begin at the first. */
    void forgetItems() {
        items.clear();
        next = 0;
        committed = 0;
    }

    /** Stops in good order, and begins anew with what the memory holds. */
    void restart() {
        commit();
        watch = begin();
    }

    /** Vanishes, with whatever the memory did not keep; begins anew where it had committed last. */
    void crash(Random random) {
        topic.mayRepeat();
        memory.crash(random);
        next = committed;
        watch = begin();
    }

    /** Vanishes in the middle of a commit. */
    void crashCommitting(Random random) {
        watch.commit();
        crash(random);
    }
}
