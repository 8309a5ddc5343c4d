package io.patchwar.ingest.delivery;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.Heard;
import io.patchwar.model.wire.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which sources are heard, and up to which time of theirs: the newest stamp, and the time since it came on top. A source of
 * which no stamp was ever read has no time, and no heartbeat. Thread-safe.
 */
final class Heartbeats {
    /** Sources are the operator's, or name themselves in an envelope: whoever makes them up does not fill memory. */
    private static final int MOST_SOURCES = 1_024;

    private final HeartbeatConfig config;
    private final InstantSource clock;
    private final IngestMetrics metrics;
    private final Map<Source, Seen> sources = new HashMap<>();

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
    }

    Duration every() {
        return config.every();
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
        for (Map.Entry<Source, Seen> entry : live().entrySet()) {
            Source source = entry.getKey();
            Seen seen = entry.getValue();
            Instant newest = seen.newest;
            if (newest != null) {
                Duration since = Duration.between(seen.newestAt, clock.instant());
                Instant upTo = newest.plus(since.isNegative() ? Duration.ZERO : since);
                if (!sender.send(new Heartbeat(source.cluster(), source.source(), upTo, seen.ordered))) {
                    return;
                }
                metrics.heartbeat(source.cluster());
            }
        }
    }

    /** A copy of those that are heard now; the others are forgotten. */
    private synchronized Map<Source, Seen> live() {
        Instant oldest = clock.instant().minus(config.heardFor());
        Map<Source, Seen> live = new HashMap<>();
        Iterator<Map.Entry<Source, Seen>> all = sources.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Source, Seen> entry = all.next();
            if (entry.getValue().lastAt.isBefore(oldest)) {
                all.remove();
            } else {
                Seen copy = new Seen();
                copy.newest = entry.getValue().newest;
                copy.newestAt = entry.getValue().newestAt;
                copy.ordered = entry.getValue().ordered;
                live.put(entry.getKey(), copy);
            }
        }
        return live;
    }
}
