package io.patchwar.benchmarks.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Pods whose containers restart now and then (the kubelet's strategic merge patches), and that are in the end deleted
 * and replaced under a new name: delete, the kubelet's final delete, create, binding, status.
 */
final class Pods implements Population {
    private static final int LIFE = 25;
    private static final int IDS = 64;

    private final Skeleton statusPatch;
    private final Skeleton delete;
    private final Skeleton finalDelete;
    private final Skeleton create;
    private final Skeleton bind;
    private final Skeleton terminated;
    private final Skeleton firstStatus;
    private final Skeleton get;
    private final Skeleton listOpen;
    private final Skeleton listItem;
    private final Skeleton listClose;
    private final Herd<Pod> herd;
    private int addresses;

    private enum Next {
        STATUS,
        FINAL_DELETE,
        CREATE,
        BIND
    }

    private static final class Pod {
        final Values values;
        Next next = Next.STATUS;

        Pod(Values values) {
            this.values = values;
        }
    }

    Pods(Moment now, int size) {
        Skeletons skeletons = Skeletons.load("pods");
        statusPatch = skeletons.skeleton("status-patch");
        delete = skeletons.skeleton("delete");
        finalDelete = skeletons.skeleton("final-delete");
        create = skeletons.skeleton("create");
        bind = skeletons.skeleton("bind");
        terminated = skeletons.skeleton("terminated");
        firstStatus = skeletons.skeleton("first-status");
        get = skeletons.skeleton("get");
        listOpen = skeletons.skeleton("list-open");
        listItem = skeletons.skeleton("list-item");
        listClose = skeletons.skeleton("list-close");
        herd = new Herd<>(size, i -> {
            Values values = Names.newborn(now, i / 4)
                    .set(Slot.HASH, Ascii.hex(now.dice, 10))
                    .set(Slot.TAG, 1);
            values.set(Slot.OWNER, text(values, Slot.APP) + "-" + text(values, Slot.HASH));
            return new Pod(run(now, name(now, values), values.get(Slot.CREATED)).clear(Slot.ADDRESSES));
        });
    }

    @Override
    public void act(Moment now, Line line) {
        Pod pod = herd.pick(now.dice);
        Values values = pod.values;
        switch (pod.next) {
            case STATUS -> {
                now.store(values);
                if (now.dice.oneIn(LIFE)) {
                    values.set(Slot.DELETED, now.secondsFromNow(30))
                            .set(Slot.GRACE, 30)
                            .set(Slot.GENERATION, values.number(Slot.GENERATION) + 1);
                    delete.write(values, line);
                    pod.next = Next.FINAL_DELETE;
                } else {
                    restart(now, values);
                    statusPatch.write(values, line);
                    values.clear(Slot.ADDRESSES);
                }
            }
            case FINAL_DELETE -> {
                now.store(values).set(Slot.DELETED, now.second()).set(Slot.GRACE, 0);
                finalDelete.write(values, line);
                pod.next = Next.CREATE;
            }
            case CREATE -> {
                now.store(name(now, values)).set(Slot.UID, Ascii.uuid(now.dice)).set(Slot.CREATED, now.second());
                create.write(values.set(Slot.GENERATION, 1), line);
                pod.next = Next.BIND;
            }
            case BIND -> {
                now.store(run(now, values, now.second())).set(Slot.ADDRESSES, Line.filled(firstStatus, values));
                bind.write(values, line);
                pod.next = Next.STATUS;
            }
        }
    }

    void get(Moment now, Line line) {
        get.write(now.stamp(herd.pick(now.dice).values), line);
    }

    void list(Moment now, int items, Line line) {
        Values first = now.stamp(herd.pick(now.dice).values).set(Slot.LIST_VERSION, now.revision());
        List<Values> pods = new ArrayList<>(items);
        for (int i = 0; i < items; i++) {
            pods.add(i == 0 ? first : herd.pick(now.dice).values);
        }
        listOpen.write(first, line);
        for (int i = 0; i < items; i++) {
            if (i > 0) {
                line.append(Ascii.of(","));
            }
            listItem.write(pods.get(i), line);
        }
        listClose.write(first, line);
    }

    private void restart(Moment now, Values values) {
        long restarts = values.number(Slot.RESTARTS);
        if (restarts > 0 || now.dice.oneIn(2)) {
            values.set(Slot.FINISHED, now.secondsFromNow(-2)).set(Slot.LAST_STATE, Line.filled(terminated, values));
            restarts++;
        }
        values.set(Slot.RESTARTS, restarts)
                .set(Slot.CONTAINER, Ascii.hex(now.dice, IDS))
                .set(Slot.STARTED, now.secondsFromNow(-1))
                .set(Slot.READY_SINCE, now.second());
    }

    private Values run(Moment now, Values values, byte[] since) {
        return Names.onNode(now, values, now.dice.below(1 << 20))
                .set(Slot.POD_ADDRESS, Names.podAddress(addresses++))
                .set(Slot.RESTARTS, 0)
                .set(Slot.CONTAINER, Ascii.hex(now.dice, IDS))
                .set(Slot.STARTED, since)
                .set(Slot.READY_SINCE, since)
                .clear(Slot.LAST_STATE);
    }

    private static Values name(Moment now, Values values) {
        String suffix = new String(Ascii.suffix(now.dice, 5), StandardCharsets.US_ASCII);
        return values.set(Slot.NAME, text(values, Slot.OWNER) + "-" + suffix);
    }

    private static String text(Values values, Slot slot) {
        return new String(values.get(slot), StandardCharsets.US_ASCII);
    }
}
