package io.patchwar.fields;

import io.patchwar.model.json.MemberBounds;
import io.patchwar.model.json.Slice;
import io.patchwar.model.state.CorruptStateException;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is held of one object between its writes: its fields as last stored, as the JSON they came in (without
 * managedFields, and with digests in place of a Secret's values), and how far that can be trusted. Mutable; one thread.
 */
public final class ObjectState {
    private static final int MOST_ACTORS_REMEMBERED = 8;
    private static final int MOST_KNOWN_ABSENT = 64;
    private static final byte[] NO_BODY = {};

    /** Whether the object is known to exist. */
    enum Presence {
        UNKNOWN(0),
        PRESENT(1),
        ABSENT(2);

        /** What stands for it in stored state: never changed, never used for another. */
        private final int code;

        Presence(int code) {
            this.code = code;
        }

        private static Presence of(int code) {
            for (Presence presence : values()) {
                if (presence.code == code) {
                    return presence;
                }
            }
            throw new CorruptStateException("no presence has the code " + code);
        }
    }

    @Nullable
    String uid;

    @Nullable
    String version;

    @Nullable
    Instant versionTime;

    /** Where the body stands, with some room to grow: most writes leave its length nearly as it was. */
    private byte[] buffer = NO_BODY;

    private int length = -1;

    private @Nullable MemberBounds bounds;

    @Nullable
    String apiVersion;

    @Nullable
    String kind;

    boolean mainComplete;
    boolean statusComplete;
    boolean stale;

    /** Whether the status alone may have changed unseen. */
    boolean staleStatus;

    boolean controlled;
    boolean deletionAsked;

    @Nullable
    String muted;

    Presence presence = Presence.UNKNOWN;

    /** Paths that somebody removed while the rest of the object was not known. */
    final Set<String> knownAbsent = new HashSet<>(0);

    /** What each actor asked for the last time, where no replies are recorded. */
    final Map<String, byte[]> lastAsked = new LinkedHashMap<>(0);

    /** The body as last stored, null if none is held; good until another one is kept. */
    @Nullable
    Slice body() {
        return length < 0 ? null : Slice.of(buffer, 0, length, bounds);
    }

    boolean hasBody() {
        return length >= 0;
    }

    /** Bytes of the body, 0 if none is held. */
    int bodyBytes() {
        return Math.max(0, length);
    }

    /** Keeps a copy of this body in place of the one before. */
    void keep(Slice body) {
        keepWithout(body, body.to(), body.to());
    }

    /** The same, but without {@code body.bytes()[cutFrom, cutTo)}. */
    void keepWithout(Slice body, int cutFrom, int cutTo) {
        byte[] b = body.bytes();
        int head = cutFrom - body.from();
        int tail = body.to() - cutTo;
        int n = head + tail;
        if (n > buffer.length || n < buffer.length / 4) {
            buffer = new byte[n + n / 16];
        }
        System.arraycopy(b, body.from(), buffer, 0, head);
        System.arraycopy(b, cutTo, buffer, head, tail);
        length = n;
        MemberBounds whole = body.bounds();
        bounds = whole == null || cutFrom == cutTo ? whole : whole.without(head, cutTo - body.from());
    }

    void forgetBody() {
        buffer = NO_BODY;
        length = -1;
        bounds = null;
    }

    /** The body that was just kept is the whole object, as stored. */
    void becomeWhole(TypeMeta type) {
        mainComplete = true;
        statusComplete = true;
        stale = false;
        staleStatus = false;
        noteType(type);
    }

    void noteType(TypeMeta type) {
        apiVersion = type.apiVersion() != null ? type.apiVersion() : apiVersion;
        kind = type.kind() != null ? type.kind() : kind;
    }

    /** The object is gone; that somebody asked for it, or not, stays known. */
    void vanish() {
        boolean asked = deletionAsked;
        beginLifetime();
        deletionAsked = asked;
        presence = Presence.ABSENT;
    }

    /** Forgets the lifetime; what is known across lifetimes stays. */
    void beginLifetime() {
        forgetBody();
        mainComplete = false;
        statusComplete = false;
        stale = false;
        staleStatus = false;
        deletionAsked = false;
        knownAbsent.clear();
        lastAsked.clear();
    }

    /** Forgets everything: the cluster's store went back in time. */
    void reset() {
        beginLifetime();
        uid = null;
        version = null;
        versionTime = null;
        presence = Presence.UNKNOWN;
    }

    void remember(String actor, byte[] asked) {
        lastAsked.remove(actor);
        lastAsked.put(actor, asked);
        if (lastAsked.size() > MOST_ACTORS_REMEMBERED) {
            lastAsked.remove(lastAsked.keySet().iterator().next());
        }
    }

    void rememberAbsent(String path) {
        if (knownAbsent.size() < MOST_KNOWN_ABSENT) {
            knownAbsent.add(path);
        }
    }

    /** Roughly how many bytes of memory this holds. */
    public int weight() {
        int weight = 200 + buffer.length;
        for (byte[] asked : lastAsked.values()) {
            weight += asked.length + 100;
        }
        return weight + knownAbsent.size() * 120;
    }

    /** Writes all that is held. */
    public void write(StateWriter out) {
        out.maybeText(uid);
        out.maybeText(version);
        out.maybeTime(versionTime);
        out.maybeText(apiVersion);
        out.maybeText(kind);
        out.maybeText(muted);
        out.octet(presence.code);
        out.octet((mainComplete ? 1 : 0)
                | (statusComplete ? 2 : 0)
                | (stale ? 4 : 0)
                | (controlled ? 8 : 0)
                | (deletionAsked ? 16 : 0)
                | (hasBody() ? 32 : 0)
                | (staleStatus ? 64 : 0));
        if (hasBody()) {
            out.bytes(buffer, 0, length);
        }
        out.list(knownAbsent, out::text);
        out.list(lastAsked.entrySet(), asked -> {
            out.text(asked.getKey());
            out.bytes(asked.getValue());
        });
    }

    /** What {@link #write} wrote. */
    public static ObjectState read(StateReader in) {
        ObjectState state = new ObjectState();
        state.uid = in.maybeText();
        state.version = in.maybeText();
        state.versionTime = in.maybeTime();
        state.apiVersion = in.maybeText();
        state.kind = in.maybeText();
        state.muted = in.maybeText();
        state.presence = Presence.of(in.octet());
        int flags = in.octet();
        state.mainComplete = (flags & 1) != 0;
        state.statusComplete = (flags & 2) != 0;
        state.stale = (flags & 4) != 0;
        state.controlled = (flags & 8) != 0;
        state.deletionAsked = (flags & 16) != 0;
        state.staleStatus = (flags & 64) != 0;
        if ((flags & 32) != 0) {
            state.buffer = in.bytes();
            state.length = state.buffer.length;
        }
        in.list(in::text, state.knownAbsent::add);
        in.list(() -> state.lastAsked.put(in.text(), in.bytes()));
        return state;
    }

    /** Forgets the fields, for want of room: the next full body is a new baseline, and no change is made up. */
    public void forgetFields() {
        forgetBody();
        mainComplete = false;
        statusComplete = false;
        knownAbsent.clear();
        lastAsked.clear();
    }
}
