package io.patchwar.detection;

import io.patchwar.model.FieldChange;
import io.patchwar.model.FieldValue.Shape;
import io.patchwar.model.Part;
import io.patchwar.model.WarClass;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One instance that goes back and forth all by itself. */
final class FlipFlopJudge {
    private FlipFlopJudge() {}

    /** Whether going back and forth is what such a field is for: numbers, times and conditions under status. */
    static boolean isGauge(FieldChange change) {
        boolean measured = change.from().shape() == Shape.NUMBER
                || change.to().shape() == Shape.NUMBER
                || change.from().shape() == Shape.TIME
                || change.to().shape() == Shape.TIME;
        return partOf(change.path()) == Part.STATUS
                && (measured || change.path().contains("onditions"));
    }

    static Part partOf(String path) {
        return path.equals("status") || path.startsWith("status.") ? Part.STATUS : Part.MAIN;
    }

    /**
     * Judges the latest change of a field.
     *
     * @param reordering of its order alone: any number of orders will do
     * @param alone the writes of its writer without anybody else's between them
     */
    static void judge(Docket docket, FieldHistory field, Mark mark, boolean reordering, Streak alone) {
        DetectionRules rules = docket.rules;
        if (!reordering && !field.returned()) {
            return;
        }
        WarClass warClass = reordering ? WarClass.ORDER : WarClass.FLIP_FLOP;
        List<Change> recent = field.recent(reordering, rules.window(), mark.time());
        Instant since = mark.time().minus(rules.shortSpan());
        Set<Long> values = new HashSet<>();
        Mark first = null;
        int returns = 0;
        for (Change change : recent) {
            if (!change.attributed() || change.mark().differsFrom(mark)) {
                return;
            }
            if (change.mark().isBefore(since) || change.mark().sequence() < alone.begin()) {
                continue;
            }
            values.add(change.to().digest());
            if (change.returned()) {
                returns++;
                first = first == null ? change.mark() : first;
            }
        }
        boolean few = reordering || values.size() <= rules.flipFlopValues();
        if (first == null
                || returns < rules.returns()
                || !few
                || field.changedByAnotherWithin(rules.window(), mark)
                || docket.isIgnored(warClass, field.path, mark.actor())) {
            return;
        }
        Party by = Party.of(mark, true);
        Dispute open = docket.over(field.path, warClass);
        if (open == null) {
            docket.fits(new Fit(warClass, field.path, List.of(by), first, List.of()));
        } else if (open.party(by) != null) {
            open.count(by, mark, recent.get(recent.size() - 1).confirmed());
            docket.touch(open);
        }
    }
}
