package io.patchwar.benchmarks.cluster;

/** ConfigMaps that one operator keeps in step, by merge patches and PUTs: the stamp and the checksum change, the settings stay. */
final class ConfigMaps implements Population {
    private static final int LARGE_EVERY = 50;

    private final Skeleton mergePatch;
    private final Skeleton update;
    private final Skeleton get;
    private final Skeleton watchOpen;
    private final Skeleton watchClose;
    private final Herd<Values> herd;

    ConfigMaps(Moment now, int size) {
        Skeletons skeletons = Skeletons.load("configmaps");
        mergePatch = skeletons.skeleton("merge-patch");
        update = skeletons.skeleton("update");
        get = skeletons.skeleton("get");
        watchOpen = skeletons.skeleton("watch-open");
        watchClose = skeletons.skeleton("watch-close");
        herd = new Herd<>(size, i -> {
            int lines = i % LARGE_EVERY == LARGE_EVERY - 1 ? 40 + now.dice.below(60) : 1 + now.dice.below(5);
            Values values = Names.newborn(now, i)
                    .set(Slot.PAYLOAD, settings(now.dice, lines))
                    .set(Slot.CHECKSUM, Ascii.hex(now.dice, 64))
                    .set(Slot.SYNCED, now.second());
            return Names.onNode(now, values, now.dice.below(1 << 20));
        });
    }

    @Override
    public void act(Moment now, Line line) {
        Values values = now.store(herd.pick(now.dice))
                .set(Slot.CHECKSUM, Ascii.hex(now.dice, 64))
                .set(Slot.SYNCED, now.microsecond());
        (now.dice.oneIn(2) ? mergePatch : update).write(values, line);
    }

    void get(Moment now, Line line) {
        get.write(now.stamp(herd.pick(now.dice)), line);
    }

    /** A watch is logged when it starts and when it ends. */
    void watch(Moment now, Line line) {
        Values values = now.stamp(herd.pick(now.dice)).set(Slot.LIST_VERSION, now.revision());
        watchOpen.write(values, line);
        line.append(Ascii.of(now.dice.oneIn(2) ? "ResponseStarted" : "ResponseComplete"));
        watchClose.write(values, line);
    }

    private static String settings(Dice dice, int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("feature-")
                    .append(i)
                    .append(":\\n  rollout: ")
                    .append(dice.below(100))
                    .append("%\\n");
        }
        return text.toString();
    }
}
