package io.patchwar.benchmarks.cluster;

/**
 * Deployments that roll out one image after another: a patch by Argo CD (apply) or Helm (strategic), the revision by a
 * PUT, then status PUTs until all pods are new. Tags only rise, so no value of the spec ever returns.
 */
final class Deployments implements Population {
    private static final byte[] ONE_UNAVAILABLE = Ascii.of("\"unavailableReplicas\":1,");

    private final Skeleton apply;
    private final Skeleton strategicPatch;
    private final Skeleton revisionUpdate;
    private final Skeleton statusUpdate;
    private final Skeleton rolling;
    private final Skeleton rolledOut;
    private final Herd<Deployment> herd;

    private enum Next {
        PATCH,
        REVISION,
        STATUS
    }

    private static final class Deployment {
        final Values values;
        final boolean applied;
        Next next = Next.PATCH;

        Deployment(Values values, boolean applied) {
            this.values = values;
            this.applied = applied;
        }
    }

    Deployments(Moment now, int size) {
        Skeletons skeletons = Skeletons.load("deployments");
        apply = skeletons.skeleton("apply");
        strategicPatch = skeletons.skeleton("strategic-patch");
        revisionUpdate = skeletons.skeleton("revision-update");
        statusUpdate = skeletons.skeleton("status-update");
        rolling = skeletons.skeleton("rolling");
        rolledOut = skeletons.skeleton("rolled-out");
        herd = new Herd<>(size, i -> {
            int replicas = 2 + now.dice.below(5);
            Values values = Names.newborn(now, i)
                    .set(Slot.TAG, 1)
                    .set(Slot.REPLICAS, replicas)
                    .set(Slot.UPDATED, replicas)
                    .set(Slot.OBSERVED, 1)
                    .set(Slot.REVISION, 1)
                    .set(Slot.HASH, Ascii.hex(now.dice, 10))
                    .set(Slot.PROGRESS_TIME, now.second())
                    .clear(Slot.UNAVAILABLE);
            return new Deployment(progress(values, rolledOut), now.dice.oneIn(2));
        });
    }

    @Override
    public void act(Moment now, Line line) {
        Deployment deployment = herd.pick(now.dice);
        Values values = now.store(deployment.values);
        switch (deployment.next) {
            case PATCH -> {
                values.set(Slot.TAG, values.number(Slot.TAG) + 1)
                        .set(Slot.GENERATION, values.number(Slot.GENERATION) + 1);
                (deployment.applied ? apply : strategicPatch).write(values, line);
                deployment.next = Next.REVISION;
            }
            case REVISION -> {
                // Annotations are no part of the generation: request and response carry the same one.
                values.set(Slot.BASE_GENERATION, values.get(Slot.GENERATION))
                        .set(Slot.REVISION, values.number(Slot.REVISION) + 1);
                revisionUpdate.write(values, line);
                deployment.next = Next.STATUS;
            }
            case STATUS -> {
                rollOn(now, deployment);
                statusUpdate.write(values, line);
            }
        }
    }

    private void rollOn(Moment now, Deployment deployment) {
        Values values = deployment.values;
        boolean fresh = values.number(Slot.OBSERVED) < values.number(Slot.GENERATION);
        long updated = fresh ? 1 : values.number(Slot.UPDATED) + 1;
        if (fresh) {
            values.set(Slot.OBSERVED, values.get(Slot.GENERATION)).set(Slot.HASH, Ascii.hex(now.dice, 10));
        }
        values.set(Slot.UPDATED, updated).set(Slot.PROGRESS_TIME, now.second());
        if (updated < values.number(Slot.REPLICAS)) {
            progress(values, rolling).set(Slot.UNAVAILABLE, ONE_UNAVAILABLE);
        } else {
            progress(values, rolledOut).clear(Slot.UNAVAILABLE);
            deployment.next = Next.PATCH;
        }
    }

    private static Values progress(Values values, Skeleton reason) {
        return values.set(Slot.PROGRESS, Line.filled(reason, values));
    }
}
