package io.patchwar.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One write of one object, as the detection sees it: no bodies, only what they came to.
 *
 * @param time the event's own time
 * @param version the stored resourceVersion, null if unknown
 * @param uid of the object's lifetime, null if unknown
 * @param newLifetime fields begin new histories with this write
 * @param part the half of the object written to
 * @param kind what came of the write
 * @param shown what its bodies told of what was written
 * @param controlled whether the object has a controlling owner
 * @param existence whether the object came or went
 * @param rejection why it was refused, only where {@code kind} is {@code REJECTED}
 * @param muted what the object's own annotation says not to report: null, {@code *} or field paths, comma-separated
 * @param bytes size of the stored object, 0 if unknown
 */
public record Observation(
        Instant time,
        String auditID,
        @Nullable String version,
        @Nullable String uid,
        boolean newLifetime,
        Actor actor,
        String verb,
        Part part,
        Kind kind,
        Shown shown,
        boolean controlled,
        Existence existence,
        List<FieldChange> changes,
        List<AskedChange> asked,
        @Nullable Rejection rejection,
        @Nullable String muted,
        int bytes) {

    /** What came of the write. */
    public enum Kind {
        /** Stored. */
        CHANGED,
        /** Accepted, and nothing changed. */
        NO_OP,
        /** Refused. */
        REJECTED
    }

    /** What the bodies of a write told. */
    public enum Shown {
        /** Nothing: it came without any. */
        NOTHING,
        /** What was written. */
        WRITTEN,
        /**
         * What was written, and that the object is as it was before a write without bodies, though it has changed since: that
         * write was taken back.
         */
        TAKEN_BACK
    }

    /** Whether the write made or removed its object. */
    public enum Existence {
        UNCHANGED,
        CREATED,
        /** Its actor asked for the deletion first. */
        DELETED,
        /** Deleted, and whoever asked is no side: an eviction. */
        EVICTED,
        /** Made anew, and the deletion before it was not seen. */
        CREATED_AFTER_HIDDEN_DELETE,
        /** A new lifetime whose creation was not seen. */
        APPEARED
    }

    public Observation {
        changes = List.copyOf(changes);
        asked = List.copyOf(asked);
    }

    /** Whether a body told what was written. */
    public boolean bodies() {
        return shown != Shown.NOTHING;
    }

    /** Whether the write was stored or would have been, had it changed anything. */
    public boolean accepted() {
        return kind != Kind.REJECTED;
    }
}
