package io.patchwar.detection;

import io.patchwar.model.Part;
import io.patchwar.model.WarClass;
import java.util.List;

/** Two who write the same part of an object in turn, where nothing but that is known. */
final class SuspicionJudge {
    private SuspicionJudge() {}

    static void judge(Docket docket, HandOvers handOvers, Part part, Mark mark) {
        Mark before = handOvers.take(mark);
        if (before == null || docket.isIgnored(WarClass.SUSPECTED, "", before.actor(), mark.actor())) {
            return;
        }
        DetectionRules rules = docket.rules;
        boolean enough = handOvers.add(before, mark, rules.suspectedHandOvers(), rules.shortSpan());
        if (!enough || docket.isAtWar()) {
            return;
        }
        Dispute open = docket.keyed(WarClass.SUSPECTED, part.name());
        List<Mark> counted = List.of(mark);
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
