package io.patchwar.benchmarks.cluster;

import java.util.ArrayList;
import java.util.List;

/** Argo CD Applications: large custom resources of which a merge patch changes a time and a commit. */
final class Applications implements Population {
    private final Skeleton mergePatch;
    private final Herd<Values> herd;

    Applications(Moment now, int size) {
        Skeletons skeletons = Skeletons.load("applications");
        mergePatch = skeletons.skeleton("merge-patch");
        Skeleton resource = skeletons.skeleton("resource");
        herd = new Herd<>(size, i -> {
            Values values = Names.newborn(now, i);
            List<byte[]> resources = new ArrayList<>();
            for (int n = 4 + now.dice.below(14); n > 0; n--) {
                resources.add(Line.filled(resource, values.set(Slot.HOLDER, n)));
            }
            return values.set(Slot.RESOURCES, Line.joined(resources));
        });
    }

    @Override
    public void act(Moment now, Line line) {
        Values values = now.store(herd.pick(now.dice));
        values.set(Slot.GENERATION, values.number(Slot.GENERATION) + 1)
                .set(Slot.SYNCED, now.second())
                .set(Slot.COMMIT, Ascii.hex(now.dice, 40));
        mergePatch.write(values, line);
    }
}
