package io.patchwar.model.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers objects from 1 on, in the order in which they come; begins anew at no cost, since that happens for every state that
 * is written. One thread.
 */
final class Numbers {
    private final boolean identity;
    private @Nullable Object[] objects = new Object[64];
    private int[] hashes = new int[64];
    private int[] numbers = new int[64];
    private int[] rounds = new int[64];
    private int round = 1;
    private int size;

    /** @param identity whether only the same object has its number, or an equal one, too */
    Numbers(boolean identity) {
        this.identity = identity;
    }

    /** No object has a number any more. */
    void clear() {
        size = 0;
        round++;
        if (round == Integer.MAX_VALUE || objects.length > 1 << 14) {
            Arrays.fill(objects, null);
            Arrays.fill(rounds, 0);
            round = 1;
        }
    }

    /**
     * The object's number; 0 if it has none.
     *
     * @param hash always the same for the object, and for those that are equal to it where that counts
     */
    int of(Object object, int hash) {
        int place = place(object, hash);
        return rounds[place] == round ? numbers[place] : 0;
    }

    /** Gives the object, which has none, the next number. */
    void add(Object object, int hash) {
        if (2 * (size + 1) > objects.length) {
            grow();
        }
        put(object, hash, ++size);
    }

    private void put(Object object, int hash, int number) {
        int place = place(object, hash);
        objects[place] = object;
        hashes[place] = hash;
        numbers[place] = number;
        rounds[place] = round;
    }

    private void grow() {
        @Nullable Object[] before = objects;
        int[] hashed = hashes;
        int[] had = numbers;
        int[] then = rounds;
        objects = new Object[before.length * 2];
        hashes = new int[before.length * 2];
        numbers = new int[before.length * 2];
        rounds = new int[before.length * 2];
        for (int i = 0; i < before.length; i++) {
            Object object = before[i];
            if (then[i] == round && object != null) {
                put(object, hashed[i], had[i]);
            }
        }
    }

    /** Where the object stands, or else belongs. */
    private int place(Object object, int hash) {
        int mask = objects.length - 1;
        int place = (((hash ^ (hash >>> 15)) * 0x9E3779B1) >>> 7) & mask;
        while (rounds[place] == round && (hashes[place] != hash || !isSame(objects[place], object))) {
            place = (place + 1) & mask;
        }
        return place;
    }

    @SuppressWarnings("ReferenceEquality") // That is the question, for one of the two kinds.
    private boolean isSame(@Nullable Object known, Object object) {
        return known == object || (!identity && object.equals(known));
    }
}
