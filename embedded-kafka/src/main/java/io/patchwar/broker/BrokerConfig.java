package io.patchwar.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where and how a broker runs, alone or as one of a cluster on this machine. It listens on loopback only.
 *
 * @param data directory that is kept; formatted on first use
 * @param port that clients connect to
 * @param node which one of its cluster it is; nothing that is stored depends on the controllers' ports
 * @param more broker properties over the ones chosen here
 */
public record BrokerConfig(Path data, int port, ClusterNode node, Map<String, String> more) {
    public BrokerConfig {
        more = Map.copyOf(more);
    }

    /** A cluster of one. */
    public BrokerConfig(Path data, int port, int controllerPort, Map<String, String> more) {
        this(data, port, ClusterNode.alone(controllerPort), more);
    }

    /** {@code host:port} for clients. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** The broker's properties: loopback, internal topics of as few copies as will do, and buffers for a small machine. */
    Map<String, String> properties() {
        Map<String, String> p = new HashMap<>();
        p.put("process.roles", "broker,controller");
        p.put("node.id", String.valueOf(node.id()));
        p.put("controller.quorum.voters", node.voters());
        p.put("controller.listener.names", "CONTROLLER");
        p.put("listeners", "PLAINTEXT://" + bootstrap() + ",CONTROLLER://127.0.0.1:" + node.controllerPort());
        p.put("advertised.listeners", "PLAINTEXT://" + bootstrap());
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("log.dirs", data.toString());
        p.put("auto.create.topics.enable", "false");
        String copies = String.valueOf(node.copies());
        String leastCopies = String.valueOf(node.leastCopies());
        p.put("offsets.topic.num.partitions", "1");
        p.put("offsets.topic.replication.factor", copies);
        p.put("transaction.state.log.num.partitions", "1");
        p.put("transaction.state.log.replication.factor", copies);
        p.put("transaction.state.log.min.isr", leastCopies);
        p.put("share.coordinator.state.topic.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", copies);
        p.put("share.coordinator.state.topic.min.isr", leastCopies);
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("num.network.threads", "1");
        p.put("num.io.threads", "2");
        p.put("background.threads", "2");
        // The default of 128 MB is taken at start, whether there is anything to clean or not.
        p.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
        // A broker that was killed is let in again only after its old session has lapsed.
        p.put("broker.session.timeout.ms", "2000");
        p.put("broker.heartbeat.interval.ms", "500");
        p.put("message.max.bytes", String.valueOf(8 << 20));
        p.put("replica.fetch.max.bytes", String.valueOf(8 << 20));
        p.put("socket.request.max.bytes", String.valueOf(100 << 20));
        p.put("log.segment.bytes", String.valueOf(128 << 20));
        p.putAll(more);
        return p;
    }
}
