package io.patchwar.ingest.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How far each log was made durable, as it is on the disk. What is followed, or was and may come back, has a place. One thread. */
final class Places {
    private final Positions positions;
    private final Map<String, Place> saved = new TreeMap<>();
    private final Set<String> forgotten = new HashSet<>();

    Places(Positions positions) {
        this.positions = positions;
    }

    /** Takes up what was saved last. */
    void load() throws IOException {
        saved.putAll(positions.load());
    }

    /** What is saved of that log; null if nothing is, or it is forgotten. */
    @Nullable
    Place of(Path live) {
        String path = live.toString();
        return forgotten.contains(path) ? null : saved.get(path);
    }

    /** Logs that have a place, and that none of these tails follows. */
    Set<String> without(Collection<LogTail> tails) {
        Set<String> unfollowed = new HashSet<>(saved.keySet());
        tails.forEach(tail -> unfollowed.remove(tail.live().toString()));
        unfollowed.removeAll(forgotten);
        return unfollowed;
    }

    /** That log is gone for good: its place goes with the next {@link #save}, unless it is followed by then. */
    void forget(String live) {
        forgotten.add(live);
    }

    /**
     * Saves how far these are, if that differs from what is saved.
     *
     * @throws IOException if it cannot be; then what was saved before still holds
     */
    void save(Collection<LogTail> tails) throws IOException {
        Map<String, Place> now = new TreeMap<>(saved);
        now.keySet().removeAll(forgotten);
        for (LogTail tail : tails) {
            Place place = tail.place();
            if (place != null) {
                now.put(tail.live().toString(), place);
            }
        }
        if (!now.equals(saved)) {
            positions.save(now);
            saved.keySet().retainAll(now.keySet());
            saved.putAll(now);
        }
        forgotten.clear();
    }
}
