package io.patchwar.pressure;

import io.patchwar.model.Severity;
import java.time.Duration;

/**
 * Says how bad a war is ({@code detection.md} section 3, "Severity"): from the time to etcd's quota, its share of the cluster's
 * writes, and its rate. Stateless; {@link SeverityLatch} keeps a level from fluttering.
 */
public final class SeverityJudge {
    private static final Duration SETTLED = Duration.ofMinutes(1);
    private static final Duration LATELY = Duration.ofMinutes(10);
    private static final Duration SLOWEST_WARNING = Duration.ofMinutes(20);
    private static final Duration SOON_FULL = Duration.ofHours(1);
    private static final double SHARE = 0.30;

    private SeverityJudge() {}

    /** The severity at this moment. */
    public static Severity judge(WarRate rate) {
        Duration timeToQuota = rate.timeToQuota();
        if (timeToQuota != null && timeToQuota.compareTo(SOON_FULL) < 0) {
            return Severity.CRITICAL;
        }
        boolean settled = rate.age().compareTo(SETTLED) >= 0;
        double seconds = Math.max(
                SETTLED.toSeconds(), Math.min(LATELY.toSeconds(), rate.age().toSeconds()));
        boolean heavy = rate.clusterLately() > 0
                && rate.storedLately() / seconds >= 1
                && rate.storedLately() > SHARE * rate.clusterLately();
        if (settled && heavy) {
            return Severity.CRITICAL;
        }
        if (!rate.warClass().isWar()) {
            return Severity.INFO;
        }
        if (settled && rate.lately() / seconds * 60 >= 60) {
            return Severity.CRITICAL;
        }
        Duration gap = rate.lastGap();
        boolean steady = gap != null && gap.compareTo(SLOWEST_WARNING) <= 0;
        return steady || isCostly(rate) ? Severity.WARNING : Severity.INFO;
    }

    /** Fields whose every change replaces pods, or decides what every request goes through. */
    private static boolean isCostly(WarRate rate) {
        if (rate.object().resource().endsWith("webhookconfigurations")) {
            return true;
        }
        return rate.fields().stream()
                .anyMatch(
                        f -> f.equals("spec.replicas") || f.equals("spec.template") || f.startsWith("spec.template."));
    }
}
