package io.patchwar.model.words;

import io.patchwar.model.WarClass;

/** What each class counts, in words ({@code detection.md} section 3). */
public enum Counted {
    REVERSALS("reversal", "reversals"),
    RE_CREATIONS("re-creation", "re-creations"),
    ROUNDS("round", "rounds"),
    HAND_OVERS("hand-over", "hand-overs"),
    RETURNS("return", "returns"),
    WRITES("write", "writes"),
    REJECTIONS("rejection", "rejections");

    private final String one;
    private final String many;

    Counted(String one, String many) {
        this.one = one;
        this.many = many;
    }

    /** What is counted in a war of this class. */
    public static Counted in(WarClass warClass) {
        return switch (warClass) {
            case RECREATE -> RE_CREATIONS;
            case ADMISSION -> ROUNDS;
            case ORDER, TUG_OF_WAR, SPLIT_BRAIN -> REVERSALS;
            case CONTENTION, SUSPECTED -> HAND_OVERS;
            case FLIP_FLOP -> RETURNS;
            case HOT_LOOP -> WRITES;
            case REJECTED -> REJECTIONS;
        };
    }

    public String one() {
        return one;
    }

    public String many() {
        return many;
    }

    /** {@code 1 reversal}, {@code 1,734 reversals}. */
    public String of(long count) {
        return Spans.number(count) + " " + (count == 1 ? one : many);
    }
}
