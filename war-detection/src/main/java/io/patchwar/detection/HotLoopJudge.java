package io.patchwar.detection;

import io.patchwar.model.FieldChange;
import io.patchwar.model.Observation;
import io.patchwar.model.WarClass;

/** One instance that writes an object without pause, whether that changes anything or not. */
final class HotLoopJudge {
    private static final int MOST_FIELDS_SHOWN = 4;

    private HotLoopJudge() {}

    static void judge(Docket docket, Streak alone, Observation o, Mark mark) {
        DetectionRules rules = docket.rules;
        if (!alone.reached(rules.hotLoopWrites(), rules.hotLoopSpan(), mark.time())
                || docket.isAtWar()
                || docket.isIgnored(WarClass.HOT_LOOP, "", mark.actor())) {
            return;
        }
        Party by = Party.of(mark, true);
        Dispute open = docket.keyed(WarClass.HOT_LOOP, mark.actor().instance());
        if (open == null) {
            Mark first = alone.first();
            open = docket.open(WarClass.HOT_LOOP, mark.actor().instance(), first, first.time());
            open.join(by);
            open.certain = true;
            open.countTo(alone.length() - 1, mark);
            open.prove(new Proof(first, null, null, null));
        }
        open.count(by, mark, true);
        prove(open, o, by, mark);
        docket.touch(open);
    }

    /** A hot loop has no contested field; the ones it keeps writing are shown all the same. */
    private static void prove(Dispute dispute, Observation o, Party by, Mark mark) {
        boolean shown = false;
        for (FieldChange change : o.changes()) {
            boolean room = dispute.fields.size() < MOST_FIELDS_SHOWN || dispute.fields.contains(change.path());
            if (!change.derived() && room) {
                dispute.contest(change.path());
                dispute.prove(new Proof(mark, change.path(), change.from(), change.to()));
                dispute.insist(by, change.path(), change.to(), mark.sequence());
                shown = true;
            }
        }
        if (!shown) {
            dispute.prove(new Proof(mark, null, null, null));
        }
    }
}
