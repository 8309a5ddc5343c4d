package io.patchwar.benchmarks.cluster;

/** Leases: the nodes' signs of life and the controllers' leader elections, renewed by PUTs. */
final class Leases implements Population {
    private final Skeleton nodeUpdate;
    private final Skeleton leaderUpdate;
    private final Herd<Values> nodes;
    private final Herd<Values> leaders;

    Leases(Moment now, int nodeCount, int leaderCount) {
        Skeletons skeletons = Skeletons.load("leases");
        nodeUpdate = skeletons.skeleton("node-update");
        leaderUpdate = skeletons.skeleton("leader-update");
        Skeleton owner = skeletons.skeleton("owner");
        nodes = new Herd<>(nodeCount, i -> {
            Values values = Names.onNode(now, Names.newborn(now, i), i).set(Slot.NAMESPACE, "kube-node-lease");
            byte[] node = values.get(Slot.NODE);
            return values.set(Slot.NAME, node).set(Slot.HOLDER, node).set(Slot.OWNER, Line.filled(owner, values));
        });
        leaders = new Herd<>(
                leaderCount,
                i -> Names.onNode(now, Names.newborn(now, i), i)
                        .set(Slot.ACCOUNT_NAMESPACE, "operators")
                        .set(Slot.NAMESPACE, "operators")
                        .set(Slot.ACCOUNT, "operator-" + i)
                        .set(Slot.NAME, "operator-" + i + ".example.com")
                        .set(Slot.HOLDER, "operator-" + i + "-7d9f8b6c54-r8x2v")
                        .clear(Slot.OWNER));
    }

    @Override
    public void act(Moment now, Line line) {
        boolean leader = now.dice.oneIn(3);
        Values values = now.store((leader ? leaders : nodes).pick(now.dice)).set(Slot.RENEWED, now.microsecond());
        (leader ? leaderUpdate : nodeUpdate).write(values, line);
    }
}
