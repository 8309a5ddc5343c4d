package io.patchwar.ingest.pipeline;

/**
 * Where documents come from.
 *
 * @param cluster the operator's name of the cluster; of letters, digits, dots, dashes and underscores
 * @param source which API server, file or topic; empty if nothing names it. An envelope that names another wins
 * @param ordered whether it delivers in the order of the events' stamps; a processor that knows of one live source of a
 *     cluster, and that it is ordered, judges at once
 * @param kept whether it still has what it gave until {@link Batch#commit} completes and can be read again, as a file or a
 *     topic can: its batches then wait for Kafka. What is pushed in, and gone if not accepted, may be spooled
 */
public record Origin(String cluster, String source, boolean ordered, boolean kept) {
    private static final String CLUSTER = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    public Origin {
        if (!isCluster(cluster)) {
            throw new IllegalArgumentException("not a cluster's name: " + cluster.length() + " characters");
        }
    }

    /** Somebody who sends, and does not keep. Batches arrive in any order. */
    public static Origin pushed(String cluster, String source) {
        return new Origin(cluster, source, false, false);
    }

    /** A file, a topic: what can be read again. */
    public static Origin kept(String cluster, String source, boolean ordered) {
        return new Origin(cluster, source, ordered, true);
    }

    /** Whether a cluster can be named so: the name is part of keys, paths and labels. */
    public static boolean isCluster(String name) {
        return name.matches(CLUSTER);
    }
}
