package io.patchwar.processor.alerting;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.patchwar.processor.board.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long it took from the write that made an alert of a war until an Alertmanager had accepted that alert. What was at war
 * before this began to look is not measured: it would tell of the restart. Thread-safe; remembers only what is not accepted yet,
 * and what fires.
 */
final class AlertLatency {
    private static final int MOST_PENDING = 10_000;

    private final Timer timer;
    private final InstantSource clock;
    private final Instant since;
    private final Map<Map<String, String>, Instant> pending = new LinkedHashMap<>();
    private Set<Map<String, String>> firing = Set.of();

    AlertLatency(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
        this.timer = Timer.builder("patchwar.alert.latency")
                .description("Time from the write that made an alert of a war, by its own stamp, to an Alertmanager's"
                        + " acceptance of the alert")
                .serviceLevelObjectives(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(300))
                .register(registry);
    }

    synchronized void seen(Lineup lineup) {
        Set<Map<String, String>> now = lineup.firing().keySet();
        for (Map<String, String> labels : now) {
            Standing standing = lineup.standing(labels);
            if (standing == null || firing.contains(labels) || pending.size() >= MOST_PENDING) {
                continue;
            }
            Instant changed = standing.war().lastChangeAt();
            if (changed.isAfter(since)) {
                pending.put(labels, changed);
            }
        }
        pending.keySet().retainAll(now);
        firing = new HashSet<>(now);
    }

    synchronized void accepted(List<Alert> alerts) {
        Instant now = clock.instant();
        for (Alert alert : alerts) {
            Instant changed = pending.remove(alert.labels());
            if (changed != null) {
                Duration took = Duration.between(changed, now);
                timer.record(took.isNegative() ? Duration.ZERO : took);
            }
        }
    }
}
