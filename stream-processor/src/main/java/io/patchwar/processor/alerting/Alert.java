package io.patchwar.processor.alerting;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alert as Alertmanager takes it. Both times are always there: without a start Alertmanager puts it into the future, and
 * without an end it resolves by a timeout that is not ours.
 *
 * @param startsAt never after {@code endsAt}, which Alertmanager would refuse
 * @param endsAt in the future while it fires, else when it was resolved
 */
record Alert(
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant startsAt,
        Instant endsAt,
        @Nullable URI generatorUrl) {
    Alert {
        if (startsAt.isAfter(endsAt)) {
            startsAt = endsAt;
        }
    }
}
