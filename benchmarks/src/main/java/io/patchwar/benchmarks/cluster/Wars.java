package io.patchwar.benchmarks.cluster;

import java.util.List;
import java.util.stream.IntStream;

/**
 * LoadBalancer Services that MetalLB and chisel-operator both want to give an address. The rhythm is the
 * recorded one: a merge patch, MetalLB's PUT against it, a PUT that changes nothing, and every other time a patch that
 * comes too late (409).
 */
final class Wars implements Population {
    /** So many numbers can be told from all others by their addresses. */
    static final int MOST = 60;

    private static final String NAMESPACE = "apps";

    private final Skeleton update;
    private final Skeleton patch;
    private final Skeleton conflict;
    private final List<War> wars;

    private enum Next {
        PATCH,
        PUT,
        IDLE_PUT,
        LATE_PATCH
    }

    private static final class War {
        final Values values;
        Next next = Next.PATCH;

        War(Values values) {
            this.values = values;
        }
    }

    Wars(Moment now, int services) {
        if (services < 1 || services > MOST) {
            throw new IllegalArgumentException("1 to " + MOST + " wars, not " + services);
        }
        Skeletons skeletons = Skeletons.load("wars");
        update = skeletons.skeleton("update");
        patch = skeletons.skeleton("patch");
        conflict = skeletons.skeleton("conflict");
        wars = IntStream.rangeClosed(1, services)
                .mapToObj(number -> new War(service(now, number)))
                .toList();
    }

    /** Where that many wars are fought: {@code namespace/name} of each. */
    static List<String> services(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> NAMESPACE + "/" + name(number))
                .toList();
    }

    private static String name(int number) {
        return "web-" + number;
    }

    @Override
    public void act(Moment now, Line line) {
        War war = wars.get(now.dice.below(wars.size()));
        Values values = war.values;
        switch (war.next) {
            case PATCH -> {
                patch.write(now.store(values).set(Slot.INGRESS, values.get(Slot.ASKED)), line);
                war.next = Next.PUT;
            }
            case PUT -> {
                now.store(values)
                        .set(Slot.INGRESS, values.get(Slot.POD_ADDRESS))
                        .set(Slot.LAST_PUT, now.second());
                update.write(values, line);
                war.next = Next.IDLE_PUT;
            }
            case IDLE_PUT -> {
                update.write(now.stamp(values).set(Slot.BASE, values.get(Slot.VERSION)), line);
                war.next = now.dice.oneIn(2) ? Next.LATE_PATCH : Next.PATCH;
            }
            case LATE_PATCH -> {
                values.set(Slot.BASE, values.number(Slot.VERSION) - 2);
                conflict.write(now.stamp(values), line);
                war.next = Next.PATCH;
            }
        }
    }

    private static Values service(Moment now, int number) {
        return Names.newborn(now, number)
                .set(Slot.NAMESPACE, NAMESPACE)
                .set(Slot.NAME, name(number))
                .set(Slot.EXIT_NODE, "exit-" + number)
                .set(Slot.CLUSTER_ADDRESS, "10.96.135." + (190 + number))
                .set(Slot.NODE_PORT, 31_550 + number)
                // What MetalLB gives from its pool, and what chisel-operator asks for.
                .set(Slot.POD_ADDRESS, "192.0.2." + (63 + number))
                .set(Slot.ASKED, "203.0.113." + number)
                .set(Slot.INGRESS, "192.0.2." + (63 + number))
                .set(Slot.LAST_PUT, now.second());
    }
}
