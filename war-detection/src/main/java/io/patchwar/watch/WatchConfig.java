package io.patchwar.watch;

import io.patchwar.detection.DetectionRules;
import io.patchwar.pressure.PressureConfig;
import java.time.Duration;

/**
 * How to watch.
 *
 * @param rules what is a war
 * @param grace how late a write may come
 * @param heldEvents how much of the input a write is held for at the least, however much time it spans
 * @param mostHeldBytes of bodies held; beyond it the oldest are judged early, and counted
 * @param mostObjects remembered
 * @param mostBytes of memory for what is remembered of objects
 * @param mostWars remembered, ended ones included
 * @param redact shows digests in place of all values
 * @param pressure what is known of etcd and of watchers
 */
public record WatchConfig(
        DetectionRules rules,
        Duration grace,
        int heldEvents,
        long mostHeldBytes,
        int mostObjects,
        long mostBytes,
        int mostWars,
        boolean redact,
        PressureConfig pressure) {

    public static final WatchConfig DEFAULT = new WatchConfig(
            DetectionRules.DEFAULT,
            Duration.ofSeconds(5),
            1_000,
            64L << 20,
            1_000_000,
            96L << 20,
            10_000,
            false,
            PressureConfig.DEFAULT);

    /** The defaults with the shipped list of what to ignore: how Patchwar watches if nobody says otherwise. */
    public static WatchConfig shipped() {
        return DEFAULT.withRules(DEFAULT.rules().ignoring(IgnoreList.shipped()));
    }

    public WatchConfig withRules(DetectionRules other) {
        return new WatchConfig(
                other, grace, heldEvents, mostHeldBytes, mostObjects, mostBytes, mostWars, redact, pressure);
    }

    /** The same, with other bounds on what is held and remembered. */
    public WatchConfig bounded(int held, long heldBytes, int objects, long bytes, int wars) {
        return new WatchConfig(rules, grace, held, heldBytes, objects, bytes, wars, redact, pressure);
    }

    public WatchConfig redacted() {
        return new WatchConfig(
                rules, grace, heldEvents, mostHeldBytes, mostObjects, mostBytes, mostWars, true, pressure);
    }

    public WatchConfig withPressure(PressureConfig other) {
        return new WatchConfig(
                rules, grace, heldEvents, mostHeldBytes, mostObjects, mostBytes, mostWars, redact, other);
    }
}
