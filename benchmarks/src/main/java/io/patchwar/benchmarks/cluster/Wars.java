package io.patchwar.benchmarks.cluster;

import java.util.List;

/**
 * Three LoadBalancer Services that MetalLB and chisel-operator both want to give an address. The rhythm is the
 * recorded one: a merge patch, MetalLB's PUT against it, a PUT that changes nothing, and every other time a patch that
 * comes too late (409).
 */
final class Wars implements Population {
    /** Where the wars are fought: {@code namespace/name} of each. */
    static final List<String> SERVICES = List.of("apps/web-1", "apps/web-2", "apps/web-3");

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

    Wars(Moment now) {
        Skeletons skeletons = Skeletons.load("wars");
        update = skeletons.skeleton("update");
        patch = skeletons.skeleton("patch");
        conflict = skeletons.skeleton("conflict");
        wars = SERVICES.stream().map(service -> new War(service(now, service))).toList();
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

    private static Values service(Moment now, String service) {
        int slash = service.indexOf('/');
        int number = service.charAt(service.length() - 1) - '0';
        return Names.newborn(now, number)
                .set(Slot.NAMESPACE, service.substring(0, slash))
                .set(Slot.NAME, service.substring(slash + 1))
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
