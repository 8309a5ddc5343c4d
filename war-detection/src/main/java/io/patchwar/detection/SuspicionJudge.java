package io.patchwar.detection;

import io.patchwar.model.Part;
import io.patchwar.model.WarClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two who write the same part of an object in turn, where nothing but that is known, or only what one of them wrote. */
final class SuspicionJudge {
    private SuspicionJudge() {}

    /**
     * A write without bodies.
     *
     * @param last the last write of this part before it
     */
    static void judge(Docket docket, HandOvers handOvers, Part part, @Nullable Mark last, Mark mark) {
        Mark before = handOvers.take(last, mark);
        if (before != null && !isIgnored(docket, before, mark)) {
            DetectionRules rules = docket.rules;
            boolean enough = handOvers.add(before, mark, rules.suspectedHandOvers(), rules.shortSpan());
            suspect(docket, handOvers, part, before, mark, enough, List.of(mark));
        }
    }

    /** A write with bodies that took back what one without had done: a hand-over to that one, and back. */
    static void judgeAnswer(Docket docket, HandOvers handOvers, Part part, Mark unseen, Mark answer) {
        DetectionRules rules = docket.rules;
        boolean enough = handOvers.addAnswer(unseen, answer, rules.suspectedHandOvers(), rules.shortSpan());
        if (!isIgnored(docket, unseen, answer)) {
            suspect(docket, handOvers, part, unseen, answer, enough, List.of(unseen, answer));
        }
    }

    private static boolean isIgnored(Docket docket, Mark one, Mark other) {
        return docket.isIgnored(WarClass.SUSPECTED, "", one.actor(), other.actor());
    }

    private static void suspect(
            Docket docket, HandOvers handOvers, Part part, Mark before, Mark mark, boolean enough, List<Mark> newest) {
        if (!enough || docket.isAtWar()) {
            return;
        }
        DetectionRules rules = docket.rules;
        Dispute open = docket.keyed(WarClass.SUSPECTED, part.name());
        List<Mark> counted = newest;
        if (open == null) {
            counted = handOvers.between(before, mark);
            open = docket.open(
                    WarClass.SUSPECTED,
                    part.name(),
                    counted.get(0),
                    counted.get(0).time());
        }
        boolean asInstances = before.side() == mark.side();
        for (Mark writer : handOvers.contenders(rules.suspectedShare(), rules.shortSpan(), mark.time())) {
            open.join(Party.of(writer, asInstances));
        }
        for (Mark write : counted) {
            open.count(Party.of(write, asInstances), write, false);
            open.prove(new Proof(write, null, null, null));
        }
        docket.touch(open);
    }
}
