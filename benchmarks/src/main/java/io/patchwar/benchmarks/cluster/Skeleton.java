package io.patchwar.benchmarks.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * JSON text with {@code <slots>}, cut once and filled many times. An API server escapes every {@code <} in what it
 * logs, so a bare one can stand for nothing but a slot. Immutable.
 */
final class Skeleton {
    private final byte[][] texts;
    private final Slot[] slots;

    private Skeleton(List<byte[]> texts, List<Slot> slots) {
        this.texts = texts.toArray(byte[][]::new);
        this.slots = slots.toArray(Slot[]::new);
    }

    static Skeleton of(String text) {
        List<byte[]> texts = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf('<'); open >= 0; open = text.indexOf('<', from)) {
            int close = text.indexOf('>', open);
            texts.add(Ascii.of(text.substring(from, open)));
            slots.add(Slot.named(text.substring(open + 1, close)));
            from = close + 1;
        }
        texts.add(Ascii.of(text.substring(from)));
        return new Skeleton(texts, slots);
    }

    void write(Values values, Line line) {
        for (int i = 0; i < slots.length; i++) {
            line.append(texts[i]);
            line.append(values.get(slots[i]));
        }
        line.append(texts[slots.length]);
    }
}
