package io.patchwar.benchmarks.cluster;

/** Gets, lists and watches; most lists are short, one in some thousand as large as an event of this log gets. */
final class Reads implements Population {
    private static final int ITEMS_OF_THE_LARGEST = 23;

    private final ConfigMaps configMaps;
    private final Pods pods;

    Reads(ConfigMaps configMaps, Pods pods) {
        this.configMaps = configMaps;
        this.pods = pods;
    }

    @Override
    public void act(Moment now, Line line) {
        int pick = now.dice.below(1000);
        if (pick < 420) {
            configMaps.watch(now, line);
        } else if (pick < 700) {
            configMaps.get(now, line);
        } else if (pick < 770) {
            pods.get(now, line);
        } else if (pick < 977) {
            pods.list(now, 0, line);
        } else if (pick < 999) {
            pods.list(now, 1 + now.dice.below(3), line);
        } else {
            pods.list(now, 4 + now.dice.below(ITEMS_OF_THE_LARGEST - 3), line);
        }
    }
}
