package io.patchwar.benchmarks.cluster;

import java.util.EnumMap;
import java.util.Map;

/** What stands in the slots of one object: its state as the API server last stored it. Not thread-safe. */
final class Values {
    private static final byte[] NOTHING = {};

    private final Map<Slot, byte[]> bytes = new EnumMap<>(Slot.class);

    byte[] get(Slot slot) {
        byte[] value = bytes.get(slot);
        if (value == null) {
            throw new IllegalStateException("nothing stands in <" + slot.text() + ">");
        }
        return value;
    }

    long number(Slot slot) {
        long number = 0;
        for (byte digit : get(slot)) {
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    Values set(Slot slot, byte[] value) {
        bytes.put(slot, value);
        return this;
    }

    Values set(Slot slot, String value) {
        return set(slot, Ascii.of(value));
    }

    Values set(Slot slot, long value) {
        return set(slot, Ascii.of(value));
    }

    Values clear(Slot slot) {
        return set(slot, NOTHING);
    }
}
