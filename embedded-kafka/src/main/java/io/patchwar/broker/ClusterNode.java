package io.patchwar.broker;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which broker of a cluster on this machine one is.
 *
 * @param id from 1 on
 * @param clusterId the same for all, as Kafka writes its ids; empty for any, which only a cluster of one can have
 * @param controllerPorts of all brokers, in the order of their ids
 */
public record ClusterNode(int id, String clusterId, List<Integer> controllerPorts) {
    private static final int MOST_COPIES = 3;

    public ClusterNode {
        controllerPorts = List.copyOf(controllerPorts);
        if (id < 1 || id > controllerPorts.size()) {
            throw new IllegalArgumentException("no broker " + id + " among " + controllerPorts.size());
        }
        if (clusterId.isEmpty() && controllerPorts.size() > 1) {
            throw new IllegalArgumentException("brokers of one cluster share an id");
        }
    }

    /** The only one. */
    static ClusterNode alone(int controllerPort) {
        return new ClusterNode(1, "", List.of(controllerPort));
    }

    int controllerPort() {
        return controllerPorts.get(id - 1);
    }

    /** As {@code controller.quorum.voters} has it. */
    String voters() {
        return IntStream.rangeClosed(1, controllerPorts.size())
                .mapToObj(node -> node + "@127.0.0.1:" + controllerPorts.get(node - 1))
                .collect(Collectors.joining(","));
    }

    /** Copies of internal topics. */
    int copies() {
        return Math.min(MOST_COPIES, controllerPorts.size());
    }

    /** Copies that must be there for a write: one may be away where there are several. */
    int leastCopies() {
        return Math.max(1, copies() - 1);
    }
}
