package io.patchwar.benchmarks.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The objects of one kind, some of them busier than others. */
final class Herd<T> {
    private final List<T> objects;

    Herd(int size, IntFunction<T> birth) {
        objects = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            objects.add(birth.apply(i));
        }
    }

    /** One in five picks falls on the first tenth; none so often that its writer would look like a hot loop. */
    T pick(Dice dice) {
        int size = objects.size();
        return objects.get(dice.oneIn(5) ? dice.below(Math.max(1, size / 10)) : dice.below(size));
    }
}
