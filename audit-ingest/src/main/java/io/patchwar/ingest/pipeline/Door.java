package io.patchwar.ingest.pipeline;

import io.patchwar.service.health.Check;
import java.io.IOException;

/** Something that documents come in by. */
public interface Door extends AutoCloseable {
    /**
     * Begins to take documents in.
     *
     * @throws IOException if it cannot
     */
    void start() throws IOException;

    /** Whether it works, answered at once. */
    Check check();

    /** Takes nothing more in, and returns when what it took was committed, or will be taken in again. */
    @Override
    void close();
}
