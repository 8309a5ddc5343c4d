package io.patchwar.detection;

import io.patchwar.model.WarClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Actors that take a field from each other with ever new values. */
final class ContentionJudge {
    private ContentionJudge() {}

    static void judge(Docket docket, FieldHistory field, Mark mark) {
        DetectionRules rules = docket.rules;
        if (!field.changedByAnotherWithin(rules.shortSpan(), mark)) {
            return;
        }
        List<Change> recent = field.recent(false, rules.shortSpan(), mark.time());
        if (recent.size() <= rules.handOvers()
                || docket.over(field.path, WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN) != null) {
            return;
        }
        boolean asInstances = recent.stream().allMatch(c -> c.mark().side() == mark.side());
        Set<Long> values = new HashSet<>();
        List<Party> parties = new ArrayList<>();
        List<Mark> handOvers = new ArrayList<>();
        Change before = null;
        for (Change change : recent) {
            values.add(change.to().digest());
            if (before != null && isHandOver(docket, field.path, before, change)) {
                handOvers.add(change.mark());
                Party.add(parties, Party.of(before.mark(), asInstances));
                Party.add(parties, Party.of(change.mark(), asInstances));
            }
            before = change;
        }
        boolean everNew = values.size() > rules.newValues() * recent.size();
        // Who wrote it once and never again took it from nobody for good: pods of a job that each leave their stamp.
        boolean cameBack = handOvers.size() >= parties.size();
        if (!everNew || !cameBack || handOvers.size() < rules.handOvers()) {
            return;
        }
        Dispute open = docket.over(field.path, WarClass.CONTENTION);
        if (open == null) {
            docket.fits(new Fit(WarClass.CONTENTION, field.path, parties, handOvers.get(0), List.of()));
            return;
        }
        parties.forEach(open::join);
        Change newest = recent.get(recent.size() - 1);
        open.count(Party.of(mark, asInstances), mark, newest.confirmed());
        docket.touch(open);
    }

    private static boolean isHandOver(Docket docket, String path, Change before, Change change) {
        // Who leaves everybody else's items in a list alone takes it from nobody.
        return before.attributed()
                && change.attributed()
                && !change.own()
                && before.mark().differsFrom(change.mark())
                && !docket.isIgnored(
                        WarClass.CONTENTION,
                        path,
                        before.mark().actor(),
                        change.mark().actor());
    }
}
