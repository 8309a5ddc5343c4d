package io.patchwar.processor.alerting;

import java.time.Duration;

/**
 * When alerts are said, said again and forgotten.
 *
 * @param resend how often what holds is repeated, since an Alertmanager that was restarted knows nothing
 * @param leastExpiry an alert that is not repeated for four times {@code resend}, and at least for this long, is taken for
 *     resolved by Alertmanager
 * @param resolvedFor how long it is repeated that an alert is over, since one request proves nothing
 * @param staleAfter wars without a change for so long alert nobody; a slow one has five of its periods
 * @param refresh how often the addresses of Alertmanagers are looked up
 */
public record AlertTiming(
        Duration resend, Duration leastExpiry, Duration resolvedFor, Duration staleAfter, Duration refresh) {
    /** What holds if nobody says otherwise. */
    public static final AlertTiming DEFAULT = new AlertTiming(
            Duration.ofMinutes(1),
            Duration.ofMinutes(4),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofSeconds(30));

    /** Three times proved too short over a restart of Prometheus, which therefore waits for four. */
    private static final int MISSED = 4;

    /** For how long an alert holds that was just sent. */
    Duration expiry() {
        Duration expiry = resend.multipliedBy(MISSED);
        return expiry.compareTo(leastExpiry) < 0 ? leastExpiry : expiry;
    }
}
