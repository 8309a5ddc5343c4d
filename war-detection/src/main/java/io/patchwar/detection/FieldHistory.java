package io.patchwar.detection;

import io.patchwar.model.FieldValue;
import io.patchwar.model.ItemSums;
import io.patchwar.model.WarClass;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one field: who last took each of its last values away, its last changes, the last reversals of
 * each contender, and its rounds against admission. All bounded, and most of it empty for most fields.
 */
final class FieldHistory {
    /** Enough for a contention or a flip-flop to show, and to be proved. */
    private static final int MOST_RECENT = 12;

    private static final int MOST_CONTENDERS = 16;

    final String path;
    private final TakenAway takenAway = new TakenAway();
    private final Changes recent = new Changes();
    private @Nullable Changes reorderings;
    private @Nullable Map<Object, List<Reversal>> reversals;
    private @Nullable Map<Object, List<Reversal>> reorderedBack;
    private @Nullable Map<Side, List<Round>> rounds;
    private @Nullable Instant changedByAnother;

    FieldHistory(String path) {
        this.path = path;
    }

    /** An asked-not-stored round. */
    record Round(Mark mark, String program, FieldValue asked, FieldValue stored) {
        private void write(StateWriter out) {
            mark.write(out);
            out.word(program);
            asked.write(out);
            stored.write(out);
        }

        private static Round read(StateReader in) {
            return new Round(Mark.read(in), in.word(), FieldValue.read(in), FieldValue.read(in));
        }
    }

    /** Of reversals between instances of one side, whose they are. */
    private record Instance(Side side, String instance) {}

    /**
     * Takes a change in.
     *
     * @return the reversal it is, null if it is none
     */
    @Nullable
    Reversal add(
            Mark mark,
            FieldValue from,
            FieldValue to,
            boolean attributed,
            boolean confirmed,
            @Nullable ItemSums items,
            DetectionRules rules) {
        Change took = takenAway.of(to);
        if (took != null && took.mark().isBefore(mark.time().minus(rules.window()))) {
            took = null;
        }
        Change before = recent.last();
        // The value that goes is the one that came before, nearly always: one object serves both.
        FieldValue gone = before != null && before.to().same(from) ? before.to() : from;
        boolean own = items != null && (items.gone() == 0 || items.gone() == recent.cameBy(mark));
        long came = items == null ? 0 : items.came();
        Change change = new Change(mark, gone, to, attributed, confirmed, took != null, own, came);
        if (before != null && (!before.attributed() || before.mark().differsFrom(mark))) {
            changedByAnother = before.mark().time();
        }
        takenAway.add(change, rules.valuesPerField());
        recent.add(change, MOST_RECENT);
        if (took == null || !attributed || !took.attributed() || !took.mark().differsFrom(mark)) {
            return null;
        }
        boolean undoesItself =
                before != null && before.attributed() && !before.mark().differsFrom(mark);
        return undoesItself || recent.endByTakingBackTheirOwn() ? null : Reversal.of(change, took);
    }

    /** Takes in a change of a list's order alone; any order counts as one that was there before. */
    @Nullable
    Reversal addReordering(Mark mark, FieldValue from, FieldValue to, boolean attributed, boolean confirmed) {
        Changes all = reorderings == null ? new Changes() : reorderings;
        reorderings = all;
        Change before = all.last();
        Change change = new Change(mark, from, to, attributed, confirmed, true);
        all.add(change, MOST_RECENT);
        if (!attributed
                || before == null
                || !before.attributed()
                || !before.mark().differsFrom(mark)) {
            return null;
        }
        return Reversal.of(change, before);
    }

    void remember(Reversal reversal, boolean reordering, int remembered) {
        Map<Object, List<Reversal>> all = reordering ? reorderedBack : reversals;
        if (all == null) {
            all = new LinkedHashMap<>(4);
            if (reordering) {
                reorderedBack = all;
            } else {
                reversals = all;
            }
        }
        addBounded(bounded(all, contender(reversal)), reversal, remembered);
    }

    /** Whose reversal it is: a side's, or an instance's where instances of one side fight each other. */
    private static Object contender(Reversal reversal) {
        Mark by = reversal.by().mark();
        return reversal.betweenSides()
                ? by.side()
                : new Instance(by.side(), by.actor().instance());
    }

    private static <K, V> List<V> bounded(Map<K, List<V>> map, K key) {
        if (map.size() >= MOST_CONTENDERS && !map.containsKey(key)) {
            map.remove(map.keySet().iterator().next());
        }
        return map.computeIfAbsent(key, k -> new ArrayList<>(3));
    }

    /** The reversals that count: those of every contender that has enough of them in the span. */
    List<Reversal> counting(boolean reordering, boolean betweenSides, int enough, Duration span, Instant now) {
        Map<Object, List<Reversal>> all = reordering ? reorderedBack : reversals;
        if (all == null) {
            return List.of();
        }
        Instant since = now.minus(span);
        List<Reversal> counting = new ArrayList<>();
        for (List<Reversal> some : all.values()) {
            if (some.size() < enough || some.get(0).betweenSides() != betweenSides) {
                continue;
            }
            int before = counting.size();
            for (Reversal reversal : some) {
                if (!reversal.by().mark().isBefore(since)) {
                    counting.add(reversal);
                }
            }
            if (counting.size() - before < enough) {
                counting.subList(before, counting.size()).clear();
            }
        }
        return counting;
    }

    /** The rounds of one side that count, empty as long as there are too few. */
    List<Round> addRound(Round round, int enough, Duration span) {
        Map<Side, List<Round>> all = rounds == null ? new LinkedHashMap<>(4) : rounds;
        rounds = all;
        List<Round> own = bounded(all, round.mark().side());
        addBounded(own, round, enough);
        boolean within = !own.get(0).mark().isBefore(round.mark().time().minus(span));
        return own.size() >= enough && within ? List.copyOf(own) : List.of();
    }

    /** Sequence of the last write that changed it, -1 before the first. */
    long lastSequence() {
        Change last = recent.last();
        return last == null ? -1 : last.mark().sequence();
    }

    /** Whether the last change brought a value back. */
    boolean returned() {
        Change last = recent.last();
        return last != null && last.returned();
    }

    /** Whether the last change put back what had gone since that write, nobody knows by whose hand. */
    boolean gaveBackSince(Mark write) {
        Change last = recent.last();
        if (last == null) {
            return false;
        }
        Change took = takenAway.of(last.to());
        return took != null
                && !took.attributed()
                && took.mark().sequence() > write.sequence()
                && took.mark().sequence() < last.mark().sequence();
    }

    /** Whether any contender has enough reversals of this very field. */
    boolean hasEnough(DetectionRules rules, Instant now) {
        return !counting(false, true, rules.reversals(), rules.window(), now).isEmpty()
                || !counting(false, false, rules.reversals(), rules.window(), now)
                        .isEmpty();
    }

    /** Whether anyone but the last writer changed the field within the span that ends with this write. */
    boolean changedByAnotherWithin(Duration span, Mark now) {
        return changedByAnother != null && !changedByAnother.isBefore(now.time().minus(span));
    }

    /**
     * Whether this reversal among the instances of one side is part of what sides are about to be at war over: some side lacks one
     * reversal to it at most, and had one since the last of the same instance.
     */
    boolean isFoughtBetweenSides(Reversal newest, DetectionRules rules) {
        Map<Object, List<Reversal>> all = reversals == null ? Map.of() : reversals;
        List<Reversal> own = all.getOrDefault(contender(newest), List.of());
        long before = own.size() < 2 ? -1 : own.get(own.size() - 2).by().mark().sequence();
        for (List<Reversal> some : all.values()) {
            Reversal last = some.get(some.size() - 1);
            if (last.betweenSides()
                    && some.size() >= rules.reversals() - 1
                    && last.by().mark().sequence() > before) {
                return true;
            }
        }
        return false;
    }

    /** The writes that count towards a dispute of this class, as far as they are remembered, and whether each is confirmed. */
    Map<Mark, Boolean> counted(WarClass warClass) {
        boolean reordering = warClass == WarClass.ORDER;
        Map<Object, List<Reversal>> all = reordering ? reorderedBack : reversals;
        Map<Mark, Boolean> marks = new HashMap<>();
        if (warClass == WarClass.CONTENTION || warClass == WarClass.FLIP_FLOP || (reordering && all == null)) {
            for (Change change : changes(reordering).all()) {
                if (warClass != WarClass.FLIP_FLOP || change.returned()) {
                    marks.put(change.mark(), change.confirmed());
                }
            }
        } else if (all != null) {
            all.values().forEach(some -> some.forEach(r -> marks.put(r.by().mark(), r.confirmed())));
        }
        return marks;
    }

    private Changes changes(boolean reordering) {
        Changes orders = reorderings;
        return !reordering ? recent : orders == null ? new Changes() : orders;
    }

    /** The last changes within the span that ends at {@code now}, oldest first. */
    List<Change> recent(boolean reordering, Duration span, Instant now) {
        return changes(reordering).since(now.minus(span));
    }

    /** Roughly how many bytes of memory this holds. */
    int weight() {
        int changes = recent.size() + takenAway.size() + (reorderings == null ? 0 : reorderings.size());
        int contenders = (reversals == null ? 0 : reversals.size()) + (rounds == null ? 0 : rounds.size());
        return 250 + 2 * path.length() + changes * 220 + contenders * 300;
    }

    private static <T> void addBounded(List<T> list, T item, int most) {
        if (list.size() >= most) {
            list.remove(0);
        }
        list.add(item);
    }

    void write(StateWriter out) {
        out.word(path);
        recent.write(out);
        takenAway.write(out);
        out.maybeTime(changedByAnother);
        changes(true).write(out);
        write(reversals, Reversal::write, out);
        write(reorderedBack, Reversal::write, out);
        write(rounds, Round::write, out);
    }

    private static <T> void write(@Nullable Map<?, List<T>> all, BiConsumer<T, StateWriter> item, StateWriter out) {
        out.list(all == null ? List.of() : all.values(), some -> out.list(some, each -> item.accept(each, out)));
    }

    static FieldHistory read(StateReader in) {
        FieldHistory field = new FieldHistory(in.word());
        field.recent.read(in);
        field.takenAway.read(in);
        field.changedByAnother = in.maybeTime();
        Changes reorderings = new Changes();
        reorderings.read(in);
        field.reorderings = reorderings.isEmpty() ? null : reorderings;
        field.reversals = read(in, Reversal::read, FieldHistory::contender);
        field.reorderedBack = read(in, Reversal::read, FieldHistory::contender);
        field.rounds = read(in, Round::read, round -> round.mark().side());
        return field;
    }

    private static <K, T> @Nullable Map<K, List<T>> read(
            StateReader in, Function<StateReader, T> item, Function<T, K> key) {
        Map<K, List<T>> all = new LinkedHashMap<>(4);
        in.list(() -> {
            List<T> some = new ArrayList<>(3);
            in.list(() -> item.apply(in), some::add);
            if (!some.isEmpty()) {
                all.put(key.apply(some.get(0)), some);
            }
        });
        return all.isEmpty() ? null : all;
    }
}
