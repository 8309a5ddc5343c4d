package io.patchwar.benchmarks.cluster;

/**
 * Seeded random numbers (SplitMix64), written out here so that a log depends on the seed alone and never on the JDK.
 * Not for more than one thread.
 */
final class Dice {
    private long state;

    Dice(long seed) {
        state = seed;
    }

    long next() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** From 0 to bound - 1. The bias of the multiplication is below one in a billion for bounds used here. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    boolean oneIn(int n) {
        return below(n) == 0;
    }
}
