package io.patchwar.detection;

import io.patchwar.model.FieldChange;
import io.patchwar.model.WarClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The classes that count reversals: tug-of-war, split-brain, order between several, and re-creations. */
final class ReversalJudge {
    private ReversalJudge() {}

    /** A field got back a value that somebody else had taken away. */
    static void judge(Docket docket, FieldHistory field, Reversal reversal) {
        boolean between = reversal.betweenSides();
        WarClass warClass = between ? WarClass.TUG_OF_WAR : WarClass.SPLIT_BRAIN;
        if (isIgnored(docket, warClass, field.path, reversal)) {
            return;
        }
        DetectionRules rules = docket.rules;
        field.remember(reversal, false, rules.reversals());
        if (between || docket.over(field.path, WarClass.TUG_OF_WAR) == null) {
            continueOrFit(docket, warClass, field, reversal, counting(field, reversal, rules, warClass));
        }
    }

    /** A list came into another order than somebody else had put it in. */
    static void judgeReordering(Docket docket, FieldHistory field, Reversal reversal) {
        if (isIgnored(docket, WarClass.ORDER, field.path, reversal)) {
            return;
        }
        field.remember(reversal, true, docket.rules.reversals());
        List<Reversal> counting = counting(field, reversal, docket.rules, WarClass.ORDER);
        continueOrFit(docket, WarClass.ORDER, field, reversal, counting);
    }

    /** The object is back after another's delete. */
    static void judgeRecreation(Docket docket, FieldHistory existence, Reversal reversal, boolean owned) {
        if (isIgnored(docket, WarClass.RECREATE, existence.path, reversal)) {
            return;
        }
        DetectionRules rules = docket.rules;
        existence.remember(reversal, false, Math.max(rules.ownedRecreations(), rules.reversals()));
        int enough = owned ? rules.ownedRecreations() : rules.reversals();
        Duration span = owned ? rules.ownedSpan() : rules.window();
        Instant now = reversal.by().mark().time();
        List<Reversal> counting = existence.counting(false, reversal.betweenSides(), enough, span, now);
        continueOrFit(docket, WarClass.RECREATE, existence, reversal, counting);
    }

    /**
     * Items of one list that come and go, without any one of them doing it often: counted together at the list, once a
     * write.
     */
    static void judgeList(Docket docket, FieldHistory list, FieldChange item, Reversal reversal) {
        boolean between = reversal.betweenSides();
        WarClass warClass = between ? WarClass.TUG_OF_WAR : WarClass.SPLIT_BRAIN;
        Mark by = reversal.by().mark();
        if (isIgnored(docket, warClass, list.path, reversal)
                || isIgnored(docket, warClass, item.path(), reversal)
                || docket.contestsItemOf(list.path)
                || list.lastSequence() == by.sequence()) {
            return;
        }
        Change change = reversal.by();
        list.add(by, change.from(), change.to(), true, change.confirmed(), null, docket.rules);
        list.remember(reversal, false, docket.rules.reversals());
        continueOrFit(docket, warClass, list, reversal, counting(list, reversal, docket.rules, warClass));
    }

    private static boolean isIgnored(Docket docket, WarClass warClass, String path, Reversal reversal) {
        return docket.isIgnored(
                warClass, path, reversal.by().mark().actor(), reversal.other().actor());
    }

    private static List<Reversal> counting(
            FieldHistory field, Reversal reversal, DetectionRules rules, WarClass warClass) {
        Instant now = reversal.by().mark().time();
        boolean reordering = warClass == WarClass.ORDER;
        return field.counting(reordering, reversal.betweenSides(), rules.reversals(), rules.window(), now);
    }

    private static void continueOrFit(
            Docket docket, WarClass warClass, FieldHistory field, Reversal newest, List<Reversal> counting) {
        boolean asInstances = !newest.betweenSides();
        Dispute open = docket.over(field.path, warClass);
        if (open != null) {
            resume(docket, open, newest, counting, asInstances);
        } else if (!counting.isEmpty() && !(asInstances && field.isFoughtBetweenSides(newest, docket.rules))) {
            docket.fits(fit(warClass, field.path, counting, asInstances));
        }
    }

    /** One reversal is enough for a dispute that is known; a new side joins once its reversals count. */
    private static void resume(
            Docket docket, Dispute open, Reversal newest, List<Reversal> counting, boolean asInstances) {
        Party by = Party.of(newest.by().mark(), asInstances);
        if (open.party(by) == null && !counting.contains(newest)) {
            return;
        }
        open.join(by);
        open.join(Party.of(newest.other(), asInstances));
        open.count(by, newest.by().mark(), newest.confirmed());
        docket.touch(open);
    }

    private static Fit fit(WarClass warClass, String path, List<Reversal> counting, boolean asInstances) {
        List<Party> parties = new ArrayList<>();
        Mark first = counting.get(0).by().mark();
        for (Reversal reversal : counting) {
            Party.add(parties, Party.of(reversal.by().mark(), asInstances));
            Party.add(parties, Party.of(reversal.other(), asInstances));
            if (reversal.by().mark().sequence() < first.sequence()) {
                first = reversal.by().mark();
            }
        }
        return new Fit(warClass, path, parties, first, List.of());
    }
}
