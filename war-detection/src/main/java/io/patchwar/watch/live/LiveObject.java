package io.patchwar.watch.live;

import io.patchwar.detection.DetectionRules;
import io.patchwar.detection.ObjectHistory;
import io.patchwar.fields.ObjectState;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import io.patchwar.model.wire.ObjectKey;
import io.patchwar.watch.HeldWrites;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one object, decoded: its state and history, the events that wait for it, what was told of it, and how
 * the memory's copy of it stands to that. One thread.
 */
final class LiveObject {
    /** Flags at the head of its value. */
    static final int INDEXED = 1;

    static final int HOLDING = 2;

    private final ObjectRef ref;
    private final byte[] key;
    private final HeldWrites held;
    private final IdentityHashMap<AuditEvent, HeldEvent> waiting = new IdentityHashMap<>(0);
    private final Map<String, Told> told = new LinkedHashMap<>(0);
    private final ObjectState state;
    private final ObjectHistory history;
    private final Fingerprints seen;

    /** Where in the partition its last event was read. */
    private long position = -1;

    private Instant newest = Instant.EPOCH;
    private @Nullable Index index;
    private int stored = -1;
    private boolean dirty;
    private boolean spoken;
    private int weight;
    private int judged;

    /**
     * What the index holds of an object that something may happen to without an event.
     *
     * @param deadline no later than when that is
     * @param ongoing how many wars and findings are fought over it
     */
    record Index(Instant deadline, int ongoing) {}

    private LiveObject(ObjectRef ref, ObjectState state, ObjectHistory history, Fingerprints seen, Duration grace) {
        this.ref = ref;
        this.key = ObjectKey.of(ref);
        this.state = state;
        this.history = history;
        this.seen = seen;
        this.held = new HeldWrites(grace);
    }

    /** One that was never heard of, and that the memory does not have. */
    static LiveObject unknown(ObjectRef ref, DetectionRules rules, Duration grace) {
        return new LiveObject(ref, new ObjectState(), new ObjectHistory(ref, rules), new Fingerprints(), grace);
    }

    /**
     * One as the memory has it, but for the events that wait, which stand there by themselves.
     *
     * @param size of the value that it was read from
     * @param held is told the positions of these
     */
    static LiveObject read(
            StateReader in, int size, ObjectRef ref, DetectionRules rules, Duration grace, LongConsumer held) {
        boolean indexed = (in.octet() & INDEXED) != 0;
        Instant newest = in.time();
        Index index = indexed ? new Index(in.time(), in.number(Integer.MAX_VALUE)) : null;
        long position = in.signed();
        Fingerprints seen = Fingerprints.read(in);
        ObjectState state = ObjectState.read(in);
        LiveObject object = new LiveObject(ref, state, ObjectHistory.read(in, ref, rules), seen, grace);
        object.newest = newest;
        object.index = index;
        object.position = position;
        object.stored = size;
        in.list(in::signed, held::accept);
        in.list(() -> object.told.put(in.text(), Told.read(in)));
        in.finish();
        object.weigh();
        return object;
    }

    /** Writes all of it, as {@link #read} takes it; its head is what {@link ObjectCodec#glance} looks at. */
    void write(StateWriter out, Instant now) {
        out.octet((index != null ? INDEXED : 0) | (isHolding() ? HOLDING : 0));
        out.time(newest);
        if (index != null) {
            out.time(index.deadline());
            out.number(index.ongoing());
        }
        out.signed(position);
        seen.write(out, now);
        state.write(out);
        history.write(out);
        out.list(waiting.values(), each -> out.signed(each.position));
        out.list(told.entrySet(), each -> {
            out.text(each.getKey());
            each.getValue().write(out);
        });
    }

    ObjectRef ref() {
        return ref;
    }

    /** Its key in the memory. */
    byte[] key() {
        return key;
    }

    ObjectState state() {
        return state;
    }

    ObjectHistory history() {
        return history;
    }

    /** The newest stamp among the events that were taken in. */
    Instant newest() {
        return newest;
    }

    /** Whether the event was taken in before and is read once more. Positions may begin anew; stamps do not go back for long. */
    boolean tookIn(AuditEvent event, long at) {
        return at <= position && !event.time().isAfter(newest);
    }

    /** Whether the same event was taken in from another position, as several sources tell it. */
    boolean isDuplicate(AuditEvent event, Instant now) {
        return seen.isDuplicate(event, now);
    }

    /** The event was read at that position, which is the last one of this object that was. */
    void takeIn(AuditEvent event, long at) {
        position = at;
        newest = event.time().isAfter(newest) ? event.time() : newest;
    }

    /** Has the event wait for those that belong before it. */
    void hold(HeldEvent event) {
        held.add(event.event);
        waiting.put(event.event, event);
    }

    /** Whether an event waits. */
    boolean isHolding() {
        return !waiting.isEmpty();
    }

    /** Takes the event out of those that wait, and whatever belongs before it, in order; nothing if it was taken before. */
    List<HeldEvent> takeUpTo(HeldEvent due) {
        return held.takeUpTo(due.event).stream()
                .map(event -> Objects.requireNonNull(waiting.remove(event), "held, and does not wait"))
                .toList();
    }

    /** What was said last of each of its wars and findings, by id; live. */
    Map<String, Told> told() {
        return told;
    }

    /** Something is told of it: the memory must not know of that before the listener is sure of it. */
    void speak() {
        spoken = true;
    }

    /** When something is to happen to it by time alone; null if nothing is. */
    @Nullable
    Instant deadline(Duration progress) {
        Instant first = history.deadline();
        for (Told each : told.values()) {
            if (each.pending) {
                Instant due = each.at.plus(progress);
                first = first == null || due.isBefore(first) ? due : first;
            }
        }
        return first;
    }

    /** What the memory's index says of it; null where that does not name it. */
    @Nullable
    Index index() {
        return index;
    }

    /** The index says that of it from now on. */
    void index(@Nullable Index now) {
        index = now;
    }

    /** Whether the memory has it, as it is or as it was. */
    boolean isStored() {
        return stored >= 0;
    }

    /** How large its value in the memory is; -1 if it has none. */
    int storedBytes() {
        return stored;
    }

    /** The memory has not all of it any more; true if it had. */
    boolean change() {
        boolean had = !dirty;
        dirty = true;
        return had;
    }

    boolean isDirty() {
        return dirty;
    }

    /** The memory has all of it, as a value of that size. */
    void written(int size) {
        stored = size;
        dirty = false;
        spoken = false;
    }

    /** It is given up: whatever the memory lacks of it, it need not have. */
    void forget() {
        dirty = false;
    }

    /** Whether the heap can do without it: no event waits, and nothing was told that the memory must not know of yet. */
    boolean mayCool() {
        return !isHolding() && !spoken;
    }

    /** Weighing takes a walk over all of it: often while it is young, and now and then later. */
    boolean isToBeWeighed() {
        judged++;
        return judged < 4 || judged % 16 == 0;
    }

    /** Weighs it anew, held events left out; by how much it is heavier than it was. */
    int weigh() {
        int before = weight;
        weight = 500 + 2 * key.length + state.weight() + history.weight() + seen.weight() + told.size() * 150;
        return weight - before;
    }

    /** Roughly how many bytes of heap it took when it was weighed last; 0 before. */
    int weight() {
        return weight;
    }
}
