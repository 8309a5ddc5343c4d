package io.patchwar.watch.live;

import io.patchwar.watch.WatchConfig;
import java.time.Duration;

/**
 * How to watch a partition. All bounds are of this one partition.
 *
 * @param watch rules, grace and bounds; how many objects there may be counts those in the memory
 * @param progress least time between two updates of a war that tell of nothing but more reversals
 * @param hotObjects most objects kept decoded
 * @param hotBytes most bytes of heap for objects kept decoded, roughly
 * @param storedBytes most bytes of the memory for objects
 * @param mostValueBytes most bytes of one value in the memory: an object that needs more loses its baseline, and is counted
 * @param slice how many objects of the memory are looked at in one go for those that are cold
 */
public record LiveConfig(
        WatchConfig watch,
        Duration progress,
        int hotObjects,
        long hotBytes,
        long storedBytes,
        int mostValueBytes,
        int slice) {

    /** What an object takes on average, with room to spare. */
    private static final long USUAL_VALUE_BYTES = 4_096;

    public static final LiveConfig DEFAULT = of(WatchConfig.DEFAULT);

    public LiveConfig {
        if (hotObjects < 1 || slice < 1 || mostValueBytes < 1_024 || progress.isNegative()) {
            throw new IllegalArgumentException("hotObjects and slice are at least 1, mostValueBytes at least 1024 and"
                    + " progress not negative: " + hotObjects + ", " + slice + ", " + mostValueBytes + ", " + progress);
        }
    }

    /** The usual bounds around those of the watch. */
    public static LiveConfig of(WatchConfig watch) {
        long stored = USUAL_VALUE_BYTES * watch.mostObjects();
        return new LiveConfig(watch, Duration.ofSeconds(1), 20_000, 64L << 20, stored, 900_000, 500);
    }
}
