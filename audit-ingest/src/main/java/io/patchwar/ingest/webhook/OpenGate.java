package io.patchwar.ingest.webhook;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Request;

/** Lets everybody post for any cluster, up to a number of clusters: for loopback, where only this machine can. Thread-safe. */
final class OpenGate implements Gate {
    /** Names become labels of metrics and headers of records. */
    private static final int MOST_CLUSTERS = 64;

    private final Set<String> clusters = ConcurrentHashMap.newKeySet();

    @Override
    public Decision check(Request request, String cluster) {
        if (clusters.contains(cluster)) {
            return Decision.PASSED;
        }
        return clusters.size() < MOST_CLUSTERS && clusters.add(cluster) ? Decision.PASSED : Decision.NO_SUCH_CLUSTER;
    }
}
