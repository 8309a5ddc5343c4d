package io.patchwar.ingest.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which logs that nobody follows any more are gone: no file of that name, and none that it was rotated into, for some time; a
 * volume may be mounted late. One thread.
 */
final class Departed {
    private final Duration patience;
    private final Map<String, Long> since = new HashMap<>();

    Departed(Duration patience) {
        this.patience = patience;
    }

    /** Those of these paths that are gone. */
    Set<String> of(Set<String> paths) throws IOException {
        since.keySet().retainAll(paths);
        Set<String> gone = new HashSet<>();
        for (String path : paths) {
            if (Files.notExists(Path.of(path)) && new Siblings(Path.of(path)).isEmpty()) {
                long missed = System.nanoTime() - since.computeIfAbsent(path, it -> System.nanoTime());
                if (missed > patience.toNanos()) {
                    gone.add(path);
                }
            } else {
                since.remove(path);
            }
        }
        return gone;
    }
}
