package io.patchwar.processor.topology;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Why this instance had to stop, once it had to. The first cause counts: others follow from it. Thread-safe. */
public final class StreamHealth {
    private final AtomicReference<String> cause = new AtomicReference<>();

    /** Notes what cannot recover by itself. */
    public void fatal(String what) {
        cause.compareAndSet(null, what);
    }

    /** Why it stopped, in words for an operator; empty while it has not. */
    public Optional<String> cause() {
        return Optional.ofNullable(cause.get());
    }
}
