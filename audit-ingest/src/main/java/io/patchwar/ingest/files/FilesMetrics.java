package io.patchwar.ingest.files;

import io.micrometer.core.instrument.Gauge;
import io.patchwar.ingest.metrics.IngestMetrics;
import java.util.function.ToDoubleFunction;

/** What the door for files counts, by cluster. Thread-safe. */
final class FilesMetrics {
    private final IngestMetrics metrics;

    FilesMetrics(IngestMetrics metrics) {
        this.metrics = metrics;
    }

    void acknowledged(String cluster, long bytes) {
        count(IngestMetrics.FILES_READ, "Bytes of log files read and made durable, unpacked", cluster, bytes);
    }

    void rotated(String cluster) {
        count(
                IngestMetrics.FILES_ROTATED,
                "Log files read to their end, after which another one was begun",
                cluster,
                1);
    }

    void truncated(String cluster) {
        count(IngestMetrics.FILES_TRUNCATED, "Log files that were emptied in place (copytruncate)", cluster, 1);
    }

    /** Logs of that cluster are followed: a counter that is born with its first event has no increase for it. */
    void follows(String cluster) {
        lost(cluster, 0);
    }

    void lost(String cluster) {
        lost(cluster, 1);
    }

    private void lost(String cluster, long n) {
        count(
                IngestMetrics.FILES_LOST,
                "Log files that were gone before they were read to their end: events may be missing",
                cluster,
                n);
    }

    void oversized(String cluster) {
        count(IngestMetrics.FILES_OVERSIZED, "Lines longer than the longest that is read", cluster, 1);
    }

    void failed(String cluster) {
        count(IngestMetrics.FILES_FAILED, "Rounds in which a log file could not be read", cluster, 1);
    }

    private void count(String name, String description, String cluster, long n) {
        metrics.counter(name, description, "cluster", cluster).increment((double) n);
    }

    /** How many bytes of live files were not read yet. */
    <T> void behind(T door, ToDoubleFunction<T> bytes) {
        Gauge.builder(IngestMetrics.FILES_BEHIND, door, bytes)
                .description("Bytes of live log files that are not durable yet")
                .register(metrics.registry());
    }
}
