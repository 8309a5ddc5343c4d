package io.patchwar.processor.alerting;

import io.patchwar.model.WarClass;

/** One sentence for each class, the same for all wars of it, so that it still fits when a receiver groups them. */
final class Summaries {
    static final String CONFLICT = "One cause keeps many objects at war.";
    static final String STORM = "More wars than can be alerted one by one.";

    private Summaries() {}

    static String of(WarClass warClass) {
        return switch (warClass) {
            case TUG_OF_WAR -> "Controllers keep overwriting each other's value of the same field.";
            case RECREATE -> "What one controller makes another deletes, again and again.";
            case ADMISSION -> "A controller keeps asking for what admission changes.";
            case ORDER -> "A list is put into another order again and again.";
            case SPLIT_BRAIN -> "Instances of one program keep overwriting each other's value of the same field.";
            case CONTENTION -> "Controllers keep overwriting the same field with ever new values.";
            case FLIP_FLOP -> "A controller keeps changing a field to and fro.";
            case HOT_LOOP -> "A controller keeps writing an object without a pause.";
            case REJECTED -> "A controller keeps trying a write that is refused.";
            case SUSPECTED -> "Controllers keep writing the same object in turns.";
        };
    }
}
