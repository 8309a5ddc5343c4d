package io.patchwar.benchmarks.stream;

import java.util.Arrays;
import java.util.Locale;

/**
 * What happened between two moments.
 *
 * @param seconds between them
 * @param sent records, heartbeats included
 * @param judged records that were committed as read
 * @param lag records in Kafka that were not committed, once a second
 * @param processorCpu seconds of processor time of all instances
 * @param brokerCpu the same of the broker
 * @param producerCpu the same of the producer, which is this process
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record Window(
        double seconds, long sent, long judged, long[] lag, double processorCpu, double brokerCpu, double producerCpu) {

    double perSecond() {
        return judged / seconds;
    }

    double sentPerSecond() {
        return sent / seconds;
    }

    /** Microseconds of processor time that the instances spent on each record. */
    double microsPerEvent() {
        return processorCpu / judged * 1e6;
    }

    /** By how much the lag of the last quarter differs from that of the first, in events. */
    long drift() {
        int quarter = Math.max(1, lag.length / 4);
        return (long)
                (Arrays.stream(lag, lag.length - quarter, lag.length).average().orElse(0)
                        - Arrays.stream(lag, 0, quarter).average().orElse(0));
    }

    long leastLag() {
        return Arrays.stream(lag).min().orElse(0);
    }

    long mostLag() {
        return Arrays.stream(lag).max().orElse(0);
    }

    /** Where the two processors' time went. */
    String shares() {
        return String.format(
                Locale.ROOT,
                "%.1f µs processor, %.1f broker, %.1f producer for an event; %.0f %% of two processors",
                microsPerEvent(),
                brokerCpu / judged * 1e6,
                producerCpu / sent * 1e6,
                100 * (processorCpu + brokerCpu + producerCpu) / seconds / 2);
    }

    String lagText() {
        return String.format(Locale.ROOT, "at most %,d events, drift %+,d", mostLag(), drift());
    }
}
