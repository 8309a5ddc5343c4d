package io.patchwar.pressure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a war costs its cluster, at one moment: estimated from the audit events alone, and from etcd's quota and size where
 * these are known. The growth of etcd is within 15 per cent of the measured one (docs/pressure.md says how that was seen).
 *
 * @param writesPerSecond writes of the contenders that etcd stored, each as a copy of the whole object
 * @param noOpsPerSecond their writes that changed nothing
 * @param rejectedPerSecond their writes that were refused
 * @param objectBytes mean size of the stored object; 0 where no reply told it
 * @param revisionBytes what a copy takes in etcd's file
 * @param growthPerSecond bytes by which etcd grows, until compaction keeps up
 * @param plateauBytes what the war takes of etcd for as long as it is fought: the growth over two compaction intervals
 * @param writeShare of the cluster's stored writes, 0 to 1; null where those are not known
 * @param quotaBytes of etcd; null if not known
 * @param quotaShare the plateau as a share of the quota; null if that is not known
 * @param alone whether the war by itself fills the quota, before compaction keeps up
 * @param timeToQuota until etcd is full and refuses every write, with all that is fought in the cluster at once; null if it
 *     will not be, if this war is no part of it, or if the quota is not known
 * @param watchEventsPerSecond what the API servers send to watchers for it; null where nobody said how many there are
 */
public record Pressure(
        double writesPerSecond,
        double noOpsPerSecond,
        double rejectedPerSecond,
        double objectBytes,
        double revisionBytes,
        double growthPerSecond,
        double plateauBytes,
        @Nullable Double writeShare,
        @Nullable Long quotaBytes,
        @Nullable Double quotaShare,
        boolean alone,
        @Nullable Duration timeToQuota,
        @Nullable Double watchEventsPerSecond) {

    /** Bytes a second that watchers are sent; null where nobody said how many there are, or how large the object is. */
    public @Nullable Double watchBytesPerSecond() {
        Double events = watchEventsPerSecond;
        return events == null || objectBytes == 0 ? null : (Double) (events * objectBytes);
    }

    /** All of it in one sentence, without a full stop. */
    public String sentence() {
        return PressureWords.of(this);
    }
}
