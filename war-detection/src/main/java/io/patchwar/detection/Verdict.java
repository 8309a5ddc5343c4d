package io.patchwar.detection;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarState;
import io.patchwar.model.WriteLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A war or finding that a write, or the passing of time, opened or changed. Made for nearly every write of a war, so it
 * is light: the full {@link #war} is put together when asked for, as the dispute stands then. One thread.
 */
public final class Verdict {
    private final Dispute dispute;
    private final ObjectRef object;
    private final @Nullable String uid;
    private final @Nullable String ignore;
    private final DetectionRules rules;
    private final boolean withdrawn;
    private final int lately;
    private final int storedLately;

    Verdict(
            Dispute dispute,
            ObjectRef object,
            @Nullable String uid,
            @Nullable String ignore,
            DetectionRules rules,
            boolean withdrawn,
            int lately,
            int storedLately) {
        this.dispute = dispute;
        this.object = object;
        this.uid = uid;
        this.ignore = ignore;
        this.rules = rules;
        this.withdrawn = withdrawn;
        this.lately = lately;
        this.storedLately = storedLately;
    }

    /** The war's id. */
    public String id() {
        return dispute.id;
    }

    public WarClass warClass() {
        return dispute.warClass;
    }

    public ObjectRef object() {
        return object;
    }

    /** The contested fields. */
    public Set<String> fields() {
        return Set.copyOf(dispute.fields);
    }

    /** Where it stands now. */
    public WarState state() {
        return dispute.state();
    }

    /** When it began. */
    public Instant startedAt() {
        return dispute.startedAt;
    }

    /** A finding whose object turned out to be at war: it is no finding any more. */
    public boolean withdrawn() {
        return withdrawn;
    }

    /** How much its class counted in the ten minutes before this verdict. */
    public int lately() {
        return lately;
    }

    /** How many of its contenders' writes to the object were stored in those. */
    public int storedLately() {
        return storedLately;
    }

    /** When its last change was. */
    public Instant lastChangeAt() {
        return dispute.lastChangeAt();
    }

    /** How hard its contenders write. */
    public WriteLoad load() {
        return dispute.load();
    }

    /** The time between the last two of what is counted, null below two. */
    public @Nullable Duration lastGap() {
        return dispute.lastGap();
    }

    /** The war as it stands now; its severity is for whoever knows the cluster to judge. */
    public War war() {
        return Snapshot.of(dispute, object, uid, ignore, rules);
    }
}
