package io.patchwar.fields;

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

    /** Whether the object is known to exist. */
    enum Presence {
        UNKNOWN,
        PRESENT,
        ABSENT
    }

    @Nullable
    String uid;

    @Nullable
    String version;

    @Nullable
    Instant versionTime;

    byte @Nullable [] body;

    @Nullable
    String apiVersion;

    @Nullable
    String kind;

    boolean mainComplete;
    boolean statusComplete;
    boolean stale;
    boolean controlled;
    boolean deletionAsked;

    @Nullable
    String muted;

    Presence presence = Presence.UNKNOWN;

    /** Paths that somebody removed while the rest of the object was not known. */
    final Set<String> knownAbsent = new HashSet<>(0);

    /** What each actor asked for the last time, where no replies are recorded. */
    final Map<String, byte[]> lastAsked = new LinkedHashMap<>(0);

    /** Forgets the lifetime; what is known across lifetimes stays. */
    void beginLifetime() {
        body = null;
        mainComplete = false;
        statusComplete = false;
        stale = false;
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
        int weight = 200 + (body == null ? 0 : body.length);
        for (byte[] asked : lastAsked.values()) {
            weight += asked.length + 100;
        }
        return weight + knownAbsent.size() * 120;
    }
}
