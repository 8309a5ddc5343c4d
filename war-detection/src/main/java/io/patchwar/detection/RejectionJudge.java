package io.patchwar.detection;

import io.patchwar.model.Rejection;
import io.patchwar.model.WarClass;
import java.time.Instant;
import java.util.Set;

/** An actor that is refused again and again, and hardly ever let through. */
final class RejectionJudge {
    /** Refusals that say nothing about the object: who are you, no such thing, not so fast. */
    private static final Set<Integer> EXCUSED = Set.of(401, 404, 429);

    private RejectionJudge() {}

    static void judge(Docket docket, Rejection rejection, Mark mark) {
        if (EXCUSED.contains(rejection.code()) || rejection.reason().equals("AlreadyExists")) {
            return;
        }
        DetectionRules rules = docket.rules;
        Side side = mark.side();
        side.rejected(mark.time(), rules.rejections());
        if (!isStorm(side, rules, mark.time())
                || docket.isAtWar()
                || docket.isIgnored(WarClass.REJECTED, "", mark.actor())) {
            return;
        }
        String key = side.account + " " + side.program();
        Dispute open = docket.keyed(WarClass.REJECTED, key);
        if (open == null) {
            open = docket.open(WarClass.REJECTED, key, mark, side.rejections.first());
            open.join(Party.of(side));
            open.certain = true;
            open.countTo(rules.rejections() - 1L, mark);
        }
        // Losing a race says less than being refused for a reason.
        boolean race = rejection.code() == 409 && rejection.managers().isEmpty();
        if (open.rejection == null || !race) {
            open.rejection = rejection;
        }
        rejection.fields().forEach(open::contest);
        open.count(Party.of(side), mark, true);
        open.prove(new Proof(mark, null, null, null));
        docket.touch(open);
    }

    private static boolean isStorm(Side side, DetectionRules rules, Instant now) {
        return side.rejections.reached(rules.rejections(), rules.shortSpan(), now)
                && side.acceptedLately.sum(now) * (long) rules.rejectedPerAccepted() < side.rejectedLately.sum(now);
    }
}
