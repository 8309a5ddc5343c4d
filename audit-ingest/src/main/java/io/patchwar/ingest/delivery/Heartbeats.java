package io.patchwar.ingest.delivery;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.Heard;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.model.wire.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sources are heard, and up to which time of theirs: the newest stamp, and the time since it came on top. While a batch of
 * the cluster is on its way, the time since then tells nothing and is left out; while one was refused, none of its sources has a
 * heartbeat, which would be in Kafka before the events are. A source of which no stamp was ever read has no time, and no
 * heartbeat. Thread-safe.
 */
final class Heartbeats {
    /** Sources are the operator's, or name themselves in an envelope: whoever makes them up does not fill memory. */
    private static final int MOST_SOURCES = 1_024;

    private final HeartbeatConfig config;
    private final InstantSource clock;
    private final IngestMetrics metrics;
    private final Map<Source, Seen> sources = new HashMap<>();
    private final Unsettled unsettled;

    private record Source(String cluster, String source) {}

    private static final class Seen {
        @Nullable
        Instant newest;

        Instant newestAt = Instant.EPOCH;
        Instant lastAt = Instant.EPOCH;
        boolean ordered;
    }

    Heartbeats(HeartbeatConfig config, InstantSource clock, IngestMetrics metrics) {
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        this.unsettled = new Unsettled(config.heardFor());
    }

    Duration every() {
        return config.every();
    }

    synchronized void reading(Origin origin) {
        unsettled.begun(origin);
    }

    synchronized void durable(Origin origin, List<Heard> heard, int records) {
        unsettled.durable(origin, records);
        heard.forEach(this::heard);
    }

    synchronized void refused(Origin origin) {
        unsettled.refused(origin, clock.instant());
    }

    synchronized void heard(Heard heard) {
        Source source = new Source(heard.cluster(), heard.source());
        Seen seen = sources.get(source);
        if (seen == null) {
            if (sources.size() >= MOST_SOURCES) {
                return;
            }
            seen = new Seen();
            sources.put(source, seen);
        }
        seen.ordered = heard.ordered();
        seen.lastAt = heard.at();
        Instant stamp = heard.newest();
        if (stamp != null && (seen.newest == null || stamp.isAfter(seen.newest))) {
            seen.newest = stamp;
            seen.newestAt = heard.at();
        }
    }

    void send(Sender sender) {
        for (Heartbeat heartbeat : due()) {
            if (!sender.send(heartbeat)) {
                return;
            }
            metrics.heartbeat(heartbeat.cluster());
        }
    }

    /** Of those that are heard now; the others are forgotten. */
    private synchronized List<Heartbeat> due() {
        Instant now = clock.instant();
        Instant oldest = now.minus(config.heardFor());
        sources.values().removeIf(seen -> seen.lastAt.isBefore(oldest));
        Set<String> owed = unsettled.owed(now);
        List<Heartbeat> due = new ArrayList<>();
        sources.forEach((source, seen) -> {
            Instant newest = seen.newest;
            if (newest != null && !owed.contains(source.cluster())) {
                Instant silentUpTo = unsettled.isUnderWay(source.cluster()) ? seen.lastAt : now;
                Duration since = Duration.between(seen.newestAt, silentUpTo);
                Instant upTo = newest.plus(since.isNegative() ? Duration.ZERO : since);
                due.add(new Heartbeat(source.cluster(), source.source(), upTo, seen.ordered));
            }
        });
        return due;
    }
}
