package io.patchwar.benchmarks.cluster;

/** Certificates (a custom resource) that cert-manager renews: PUTs of the status. */
final class Certificates implements Population {
    private static final long DAY = 86_400;

    private final Skeleton update;
    private final Herd<Values> herd;

    Certificates(Moment now, int size) {
        update = Skeletons.load("certificates").skeleton("update");
        herd = new Herd<>(size, i -> Names.newborn(now, i).set(Slot.REVISION, 1));
    }

    @Override
    public void act(Moment now, Line line) {
        Values values = now.store(herd.pick(now.dice));
        values.set(Slot.REVISION, values.number(Slot.REVISION) + 1)
                .set(Slot.READY_SINCE, now.second())
                .set(Slot.EXPIRES, now.secondsFromNow(90 * DAY))
                .set(Slot.RENEWS, now.secondsFromNow(60 * DAY));
        update.write(values, line);
    }
}
