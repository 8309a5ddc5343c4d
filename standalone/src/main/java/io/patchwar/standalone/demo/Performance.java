package io.patchwar.standalone.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The recorded war in two acts. The first, in which everything is installed, is told at once; the second at the speed that is
 * asked for, and after its end again and again, so that the war goes on for as long as somebody watches. One thread.
 */
final class Performance {
    /** When both controllers had seen the three Services, and the first took an address away. */
    static final Instant WAR = Instant.parse("2026-11-23T08:44:50Z");

    /** From here on the war alone is on the tape, up to where somebody switched it off. */
    private static final Instant ENCORE = Instant.parse("2026-11-23T08:44:52Z");

    private static final Instant END = Instant.parse("2026-11-23T08:45:04.500Z");
    private static final Duration BREATH = Duration.ofMillis(200);

    private final Tape prelude;
    private final Tape war;
    private final Tape encore;
    private final double speed;
    private final InstantSource clock;

    Performance(Tape tape, double speed, InstantSource clock) {
        this.prelude = tape.until(WAR);
        this.war = tape.from(WAR);
        this.encore = tape.of("services").from(ENCORE).until(END);
        this.speed = speed;
        this.clock = clock;
    }

    /** How long the second act takes. */
    Duration lasts() {
        return Duration.ofNanos(Math.round(Duration.between(WAR, war.end()).toNanos() / speed));
    }

    /** Plays both acts; the first is acknowledged when {@code curtain} is run. */
    void play(Replay replay, Runnable curtain) throws IOException, InterruptedException {
        Shift shift = new Shift(WAR, clock.instant(), speed, 0);
        replay.play(prelude, shift);
        curtain.run();
        replay.play(war, shift);
    }

    /** Plays the war on and on, until the thread is interrupted. */
    void playOn(Replay replay) throws IOException, InterruptedException {
        for (int round = 1; ; round++) {
            replay.play(encore, new Shift(ENCORE, clock.instant().plus(BREATH), speed, round));
        }
    }
}
