package io.patchwar.benchmarks.cluster;

import java.util.ArrayList;
import java.util.List;

/** Nodes whose kubelets say every few minutes that all is well: strategic merge patches that change heartbeats. */
final class Nodes implements Population {
    private final Skeleton statusPatch;
    private final Herd<Values> herd;

    Nodes(Moment now, int size) {
        Skeletons skeletons = Skeletons.load("nodes");
        statusPatch = skeletons.skeleton("status-patch");
        Skeleton image = skeletons.skeleton("image");
        herd = new Herd<>(size, i -> {
            Values values = Names.newborn(now, i);
            List<byte[]> images = new ArrayList<>();
            for (int n = 2 + now.dice.below(8); n > 0; n--) {
                images.add(Line.filled(image, values.set(Slot.NODE_DIGEST, Ascii.hex(now.dice, 64))));
            }
            return Names.onNode(now, values, i).set(Slot.IMAGES, Line.joined(images));
        });
    }

    @Override
    public void act(Moment now, Line line) {
        statusPatch.write(now.store(herd.pick(now.dice)).set(Slot.HEARTBEAT, now.second()), line);
    }
}
