package io.patchwar.ingest.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a log was made durable.
 *
 * @param fileKey inode and device of the file that is being read, a hint where its name changed; empty if unknown
 * @param current how that file begins; null if nothing of it was read yet
 * @param offset bytes of it, unpacked, that are durable
 * @param done rotated files that were read to their end, or that were there before this log was met
 */
record Place(String fileKey, @Nullable Fingerprint current, long offset, List<Fingerprint> done) {
    Place {
        done = List.copyOf(done);
    }
}
