package io.patchwar.watch.live;

import java.time.Instant;

/**
 * What a cluster writes, as far as this partition sees it: the record of the topic {@code cluster-load}.
 *
 * @param now the cluster's clock
 * @param writes accepted writes that changed an object, in the ten minutes that end then
 * @param bytes sizes of the objects that they stored, as far as known
 * @param objects tracked
 */
public record ClusterLoad(String cluster, Instant now, long writes, long bytes, long objects) {}
