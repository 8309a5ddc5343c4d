package io.patchwar.watch.live;

import io.patchwar.detection.DetectionRules;
import io.patchwar.detection.ObjectHistory;
import io.patchwar.fields.ObjectState;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An object as a value of the memory. One thread: the writer is used again and again. */
final class ObjectCodec {
    private final StateWriter out = new StateWriter();
    private final DetectionRules rules;
    private final Duration grace;

    ObjectCodec(DetectionRules rules, Duration grace) {
        this.rules = rules;
        this.grace = grace;
    }

    /**
     * An object that was read back.
     *
     * @param held positions of the events that wait
     */
    record Read(LiveObject object, List<Long> held) {}

    /** What a look at the head of a value tells. */
    record Glance(Instant newest, boolean active, boolean holds) {}

    byte[] write(LiveObject object, Instant now) {
        out.clear();
        LiveObject.Index index = object.index;
        out.octet((index != null ? 1 : 0) | (object.waiting.isEmpty() ? 0 : 2));
        out.time(object.newest);
        if (index != null) {
            out.time(index.deadline());
            out.number(index.ongoing());
        }
        out.signed(object.position);
        object.seen.write(out, now);
        object.state.write(out);
        object.history.write(out);
        out.list(object.waiting.values(), held -> out.signed(held.position));
        out.list(object.told.entrySet(), told -> {
            out.text(told.getKey());
            told.getValue().write(out);
        });
        return Sealed.seal(out);
    }

    Read read(byte[] value, ObjectRef ref) {
        StateReader in = Sealed.open(value);
        LiveObject object = new LiveObject(ref, rules, grace);
        object.stored = value.length;
        int flags = in.octet();
        object.newest = in.time();
        object.index = (flags & 1) == 0 ? null : new LiveObject.Index(in.time(), in.number(Integer.MAX_VALUE));
        object.position = in.signed();
        object.seen = Fingerprints.read(in);
        object.state = ObjectState.read(in);
        object.history = ObjectHistory.read(in, ref, rules);
        List<Long> held = new ArrayList<>(0);
        in.list(in::signed, held::add);
        in.list(() -> object.told.put(in.text(), Told.read(in)));
        in.finish();
        object.weight = object.weigh();
        return new Read(object, held);
    }

    /** Looks at the head alone. */
    static Glance glance(byte[] value) {
        StateReader in = Sealed.glance(value);
        int flags = in.octet();
        return new Glance(in.time(), (flags & 1) != 0, (flags & 2) != 0);
    }
}
