package io.patchwar.processor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when it is told to. Thread-safe. */
public final class MovingClock implements InstantSource {
    private volatile Instant now;

    public MovingClock(Instant start) {
        now = start;
    }

    public void passes(Duration span) {
        now = now.plus(span);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
