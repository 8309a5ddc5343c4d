package io.patchwar.watch;

import io.patchwar.detection.IgnoreRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is to be said of rules that end: so that a mute does not outlive its reason, nor end unnoticed. Stateless. */
public final class Expiries {
    private static final Duration SOON = Duration.ofDays(7);

    private Expiries() {}

    /** A sentence for each rule that has ended by then, or ends within a week. The reasons are the operator's own text. */
    public static List<String> notices(List<IgnoreRule> rules, Instant now) {
        List<String> notices = new ArrayList<>();
        for (IgnoreRule rule : rules) {
            Instant until = rule.until();
            if (until != null && !rule.holds(now)) {
                notices.add(
                        "the ignore rule \"" + rule.reason() + "\" ended at " + until + " and mutes nothing any more");
            } else if (until != null && !rule.holds(now.plus(SOON))) {
                notices.add("the ignore rule \"" + rule.reason() + "\" ends at " + until
                        + "; what it mutes is told from then on");
            }
        }
        return notices;
    }
}
