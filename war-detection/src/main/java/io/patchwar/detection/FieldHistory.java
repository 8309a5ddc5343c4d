package io.patchwar.detection;

import io.patchwar.model.FieldValue;
import io.patchwar.model.WarClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one field: who last took each of its last values away, its last changes, the last reversals of
 * each contender, and its rounds against admission. All bounded.
 */
final class FieldHistory {
    private static final int MOST_RECENT = 20;
    private static final int MOST_CONTENDERS = 16;

    final String path;
    private final Map<Long, Change> takenAway = new LinkedHashMap<>(4);
    private final Deque<Change> recent = new ArrayDeque<>(2);
    private final Map<Object, Deque<Reversal>> reversals = new LinkedHashMap<>(0);
    private final Deque<Change> reorderings = new ArrayDeque<>(0);
    private final Map<Object, Deque<Reversal>> reorderedBack = new LinkedHashMap<>(0);
    private final Map<Side, Deque<Round>> rounds = new LinkedHashMap<>(0);
    private @Nullable Change last;
    private @Nullable Instant changedByAnother;

    FieldHistory(String path) {
        this.path = path;
    }

    /** An asked-not-stored round. */
    record Round(Mark mark, String program, FieldValue asked, FieldValue stored) {}

    /**
     * Takes a change in.
     *
     * @return the reversal it is, null if it is none
     */
    @Nullable
    Reversal add(
            Mark mark, FieldValue from, FieldValue to, boolean attributed, boolean confirmed, DetectionRules rules) {
        Change took = takenAway.get(to.digest());
        if (took != null && took.mark().time().isBefore(mark.time().minus(rules.window()))) {
            took = null;
        }
        Change change = new Change(mark, from, to, attributed, confirmed, took != null);
        Change before = last;
        last = change;
        if (before != null && (!before.attributed() || before.mark().differsFrom(mark))) {
            changedByAnother = before.mark().time();
        }
        takenAway.remove(from.digest());
        takenAway.put(from.digest(), change);
        if (takenAway.size() > rules.valuesPerField()) {
            takenAway.remove(takenAway.keySet().iterator().next());
        }
        addBounded(recent, change, MOST_RECENT);
        if (took == null || !attributed || !took.attributed() || !took.mark().differsFrom(mark)) {
            return null;
        }
        boolean undoesItself =
                before != null && before.attributed() && !before.mark().differsFrom(mark);
        return undoesItself ? null : new Reversal(change, took.mark());
    }

    /** Takes in a change of a list's order alone; any order counts as one that was there before. */
    @Nullable
    Reversal addReordering(Mark mark, FieldValue from, FieldValue to, boolean attributed, boolean confirmed) {
        Change before = reorderings.peekLast();
        Change change = new Change(mark, from, to, attributed, confirmed, true);
        addBounded(reorderings, change, MOST_RECENT);
        boolean reverses = attributed
                && before != null
                && before.attributed()
                && before.mark().differsFrom(mark);
        return reverses ? new Reversal(change, before.mark()) : null;
    }

    void remember(Reversal reversal, boolean reordering, int remembered) {
        Mark by = reversal.by().mark();
        Object contender = reversal.betweenSides()
                ? by.side()
                : new Instance(by.side(), by.actor().instance());
        Map<Object, Deque<Reversal>> all = reordering ? reorderedBack : reversals;
        if (all.size() >= MOST_CONTENDERS && !all.containsKey(contender)) {
            all.remove(all.keySet().iterator().next());
        }
        addBounded(all.computeIfAbsent(contender, key -> new ArrayDeque<>(4)), reversal, remembered);
    }

    private record Instance(Side side, String instance) {}

    /** The reversals that count: those of every contender that has enough of them in the window. */
    List<Reversal> counting(boolean reordering, boolean betweenSides, int enough, Duration span, Instant now) {
        List<Reversal> counting = new ArrayList<>();
        for (Deque<Reversal> some : (reordering ? reorderedBack : reversals).values()) {
            Reversal first = some.peekFirst();
            if (first == null || first.betweenSides() != betweenSides || some.size() < enough) {
                continue;
            }
            List<Reversal> within = some.stream()
                    .filter(r -> !r.by().mark().time().isBefore(now.minus(span)))
                    .toList();
            if (within.size() >= enough) {
                counting.addAll(within);
            }
        }
        return counting;
    }

    /** The rounds of one side that count, empty as long as there are too few. */
    List<Round> addRound(Round round, int enough, Duration span) {
        if (rounds.size() >= MOST_CONTENDERS && !rounds.containsKey(round.mark().side())) {
            rounds.remove(rounds.keySet().iterator().next());
        }
        Deque<Round> own = rounds.computeIfAbsent(round.mark().side(), side -> new ArrayDeque<>(4));
        addBounded(own, round, enough);
        Round first = own.getFirst();
        boolean within = !first.mark().time().isBefore(round.mark().time().minus(span));
        return own.size() >= enough && within ? List.copyOf(own) : List.of();
    }

    /** Sequence of the last write that changed it, -1 before the first. */
    long lastSequence() {
        return last == null ? -1 : last.mark().sequence();
    }

    /** Whether any contender has enough reversals of this very field. */
    boolean hasEnough(DetectionRules rules, Instant now) {
        return !counting(false, true, rules.reversals(), rules.window(), now).isEmpty()
                || !counting(false, false, rules.reversals(), rules.window(), now)
                        .isEmpty();
    }

    /** Whether anyone but the last writer changed the field since then. */
    boolean changedByAnotherSince(Instant since) {
        return changedByAnother != null && !changedByAnother.isBefore(since);
    }

    /** The writes that count towards a dispute of this class, as far as they are remembered. */
    Set<Mark> countedMarks(WarClass warClass) {
        boolean reordering = warClass == WarClass.ORDER;
        Map<Object, Deque<Reversal>> all = reordering ? reorderedBack : reversals;
        Set<Mark> marks = new HashSet<>();
        if (warClass == WarClass.CONTENTION || warClass == WarClass.FLIP_FLOP || (reordering && all.isEmpty())) {
            for (Change change : reordering ? reorderings : recent) {
                if (warClass != WarClass.FLIP_FLOP || change.returned()) {
                    marks.add(change.mark());
                }
            }
            return marks;
        }
        all.values()
                .forEach(
                        some -> some.forEach(reversal -> marks.add(reversal.by().mark())));
        return marks;
    }

    /** The last changes within the span, oldest first. */
    List<Change> recent(boolean reordering, Duration span, Instant now) {
        Instant since = now.minus(span);
        return (reordering ? reorderings : recent)
                .stream()
                        .filter(change -> !change.mark().time().isBefore(since))
                        .toList();
    }

    /** Roughly how many bytes of memory this holds. */
    int weight() {
        return 300 + (recent.size() + reorderings.size()) * 160 + takenAway.size() * 60 + reversals.size() * 200;
    }

    private static <T> void addBounded(Deque<T> deque, T item, int most) {
        deque.addLast(item);
        while (deque.size() > most) {
            deque.removeFirst();
        }
    }
}
