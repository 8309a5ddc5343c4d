package io.patchwar.processor.alerting;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code alerting} section: whom to tell, and what not to.
 *
 * @param alertmanagers none for no alerts
 * @param labels on every alert, for the routing tree; none of them one of ours
 * @param externalUrl where people reach this service; null where alerts shall not link to it
 * @param runbooks where the runbooks stand, without a slash at the end; null where alerts shall not link to them
 * @param conflictsAbove when more wars than these have one cause, one alert stands for all of them
 * @param mostAlerts when more wars and conflicts than these would alert, the worst do, and one alert says so
 * @param queueCapacity alerts that wait for one Alertmanager; the oldest is dropped for one more
 */
public record AlertSettings(
        List<AlertmanagerSettings> alertmanagers,
        Map<String, String> labels,
        @Nullable URI externalUrl,
        @Nullable URI runbooks,
        AlertTiming timing,
        int conflictsAbove,
        int mostAlerts,
        int queueCapacity) {
    static final int CONFLICTS_ABOVE = 5;
    static final int MOST_ALERTS = 200;
    static final int QUEUE_CAPACITY = 10_000;

    public AlertSettings {
        alertmanagers = List.copyOf(alertmanagers);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** These Alertmanagers, and else what holds if nobody says otherwise. */
    public static AlertSettings to(AlertmanagerSettings... alertmanagers) {
        return new AlertSettings(
                List.of(alertmanagers),
                Map.of(),
                null,
                null,
                AlertTiming.DEFAULT,
                CONFLICTS_ABOVE,
                MOST_ALERTS,
                QUEUE_CAPACITY);
    }

    /** The same with that address of this service, where the operator has set none. */
    public AlertSettings reachedAt(URI url) {
        return externalUrl != null
                ? this
                : new AlertSettings(
                        alertmanagers, labels, url, runbooks, timing, conflictsAbove, mostAlerts, queueCapacity);
    }
}
