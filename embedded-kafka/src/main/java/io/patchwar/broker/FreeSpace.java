package io.patchwar.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much room a directory's disk has left, and how much it must have: a broker that meets a full disk halts. Thread-safe.
 *
 * @param directory that exists
 * @param least bytes that must stay free
 */
record FreeSpace(Path directory, long least) {
    private static final long MIB = 1 << 20;

    /** Bytes that may still be written; 0 if the disk does not say. */
    long bytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    boolean isEnough() {
        return bytes() >= least;
    }

    /** What is missing, and what to do. */
    String shortage() {
        return "the disk of " + directory + " has " + bytes() / MIB + " MiB free, and " + least / MIB
                + " MiB are wanted, because a full disk ends the broker; make room, or choose another data directory";
    }
}
