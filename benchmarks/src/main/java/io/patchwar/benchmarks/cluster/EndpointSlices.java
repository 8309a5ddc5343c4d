package io.patchwar.benchmarks.cluster;

import java.util.ArrayDeque;
import java.util.Deque;

/** EndpointSlices that lose their oldest endpoint and gain a new one: PUTs, and no address ever comes back. */
final class EndpointSlices implements Population {
    /** Apart from the addresses that the pods have. */
    private static final int FIRST_ADDRESS = 1 << 22;

    private final Skeleton update;
    private final Skeleton endpoint;
    private final Herd<Slice> herd;
    private int addresses = FIRST_ADDRESS;

    private record Slice(Values values, Deque<byte[]> endpoints) {}

    EndpointSlices(Moment now, int size) {
        Skeletons skeletons = Skeletons.load("endpointslices");
        update = skeletons.skeleton("update");
        endpoint = skeletons.skeleton("endpoint");
        herd = new Herd<>(size, i -> {
            Values values = Names.newborn(now, i).set(Slot.HASH, Ascii.hex(now.dice, 10));
            Slice slice = new Slice(values, new ArrayDeque<>());
            for (int n = 1 + now.dice.below(3); n > 0; n--) {
                slice.endpoints.add(born(now, values));
            }
            return slice;
        });
    }

    @Override
    public void act(Moment now, Line line) {
        Slice slice = herd.pick(now.dice);
        Values values = now.store(slice.values);
        slice.endpoints.removeFirst();
        slice.endpoints.addLast(born(now, values));
        values.set(Slot.BASE_GENERATION, values.get(Slot.GENERATION))
                .set(Slot.GENERATION, values.number(Slot.GENERATION) + 1)
                .set(Slot.TRIGGERED, now.second())
                .set(Slot.ENDPOINTS, Line.joined(slice.endpoints));
        update.write(values, line);
    }

    private byte[] born(Moment now, Values values) {
        Names.onNode(now, values, now.dice.below(1 << 20))
                .set(Slot.POD_ADDRESS, Names.podAddress(addresses++))
                .set(Slot.HOLDER, Ascii.suffix(now.dice, 5));
        return Line.filled(endpoint, values);
    }
}
