package io.patchwar.processor.stage;

import io.patchwar.broker.BrokerConfig;
import io.patchwar.broker.ClusterNode;
import io.patchwar.broker.InProcessBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A broker of a cluster in a JVM of its own: id, cluster id, directory, port, controllers' ports. Lives until its input ends. */
final class NodeMain {
    private NodeMain() {}

    public static void main(String[] args) throws IOException {
        List<Integer> controllers =
                Arrays.stream(args[4].split(",", -1)).map(Integer::valueOf).toList();
        InProcessBroker broker = InProcessBroker.start(new BrokerConfig(
                Path.of(args[2]),
                Integer.parseInt(args[3]),
                new ClusterNode(Integer.parseInt(args[0]), args[1], controllers),
                Map.of("min.insync.replicas", "2")));
        while (System.in.read() >= 0) {
            // Nobody says anything but goodbye.
        }
        broker.close();
        Runtime.getRuntime().halt(0);
    }
}
