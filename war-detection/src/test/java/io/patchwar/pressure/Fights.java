package io.patchwar.pressure;

import io.patchwar.model.Minutes;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.RecentCounts;
import io.patchwar.model.WriteLoad;
import io.patchwar.model.wire.ClusterLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Wars of a given speed, as they are counted. */
final class Fights {
    static final Instant START = Instant.parse("2026-11-23T12:00:20Z");

    private Fights() {}

    /** What is counted of so many writes a second, evenly, from {@code from} to {@code to}. */
    static Minutes counted(double perSecond, Instant from, Instant to, int amount) {
        RecentCounts counts = new RecentCounts();
        double every = 1 / perSecond;
        double seconds = Duration.between(from, to).toMillis() / 1000.0;
        for (double at = 0; at <= seconds; at += every) {
            counts.add(from.plusNanos((long) (at * 1e9)), amount);
        }
        return counts.minutes();
    }

    static Burden service(int n, double writesPerSecond, int bytes, Instant now) {
        return burden("war-" + n, "services", writesPerSecond, bytes, START, now);
    }

    static Burden burden(String id, String resource, double perSecond, int bytes, Instant since, Instant now) {
        return new Burden(id, new ObjectRef("c", "", resource, "n", id), load(perSecond, bytes, since, now));
    }

    static WriteLoad load(double perSecond, int bytes, Instant since, Instant now) {
        Minutes stored = counted(perSecond, since, now, 1);
        return new WriteLoad(
                since,
                stored,
                stored,
                counted(perSecond, since, now, bytes),
                Minutes.NONE,
                Minutes.NONE,
                Duration.ofNanos((long) (1e9 / perSecond)));
    }

    static ClusterLoad cluster(int partition, double perSecond, int bytes, Instant since, Instant now) {
        return new ClusterLoad(
                "c",
                partition,
                since,
                now,
                counted(perSecond, since, now, 1),
                counted(perSecond, since, now, bytes),
                List.of());
    }
}
