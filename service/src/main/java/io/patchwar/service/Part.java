package io.patchwar.service;

import io.patchwar.service.health.Check;
import java.io.IOException;

/**
 * One part of a service. Built without I/O; started once, after those before it; closed once, after those behind it, and
 * also when it was never started. {@link #check} may be asked at any time by any thread and answers at once.
 */
public interface Part extends AutoCloseable {

    /** Its name in logs and checks: a noun, such as {@code war-board}. */
    String name();

    /**
     * Begins its work and returns; what takes long goes on by itself.
     *
     * @throws IOException if it cannot work, and trying again would not help
     */
    void start() throws IOException;

    /** Whether it does its work now; what failed here is expected to recover by itself. */
    Check check();

    @Override
    void close();
}
