package io.patchwar.watch.live;

import io.patchwar.detection.DetectionRules;
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
        object.write(out, now);
        return Sealed.seal(out);
    }

    Read read(byte[] value, ObjectRef ref) {
        List<Long> held = new ArrayList<>(0);
        StateReader in = Sealed.open(value);
        return new Read(LiveObject.read(in, value.length, ref, rules, grace, held::add), held);
    }

    /** Looks at the head alone. */
    static Glance glance(byte[] value) {
        StateReader in = Sealed.glance(value);
        int flags = in.octet();
        return new Glance(in.time(), (flags & LiveObject.INDEXED) != 0, (flags & LiveObject.HOLDING) != 0);
    }
}
