package io.patchwar.detection;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who followed whom in writing one part of an object, where nothing but that is known of the writes, or of every other. */
final class HandOvers {
    private static final int MOST_PAIRS = 32;

    /** The last write without bodies, as long as what follows may follow on it. */
    private @Nullable Mark last;

    /** Both without anything in them, and not to be put into, as long as all writes come with their bodies. */
    private Map<Pair, Deque<Mark>> pairs = Map.of();

    private Map<Who, Deque<Mark>> byActor = Map.of();

    private record Who(Side side, String instance) {
        static Who of(Mark mark) {
            return new Who(mark.side(), mark.actor().instance());
        }

        void write(StateWriter out) {
            side.write(out);
            out.word(instance);
        }

        static Who read(StateReader in) {
            return new Who(Side.read(in), in.word());
        }
    }

    private record Pair(Who one, Who other) {
        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof Pair p
                    && ((one.equals(p.one) && other.equals(p.other)) || (one.equals(p.other) && other.equals(p.one)));
        }

        @Override
        public int hashCode() {
            return one.hashCode() + other.hashCode();
        }
    }

    /**
     * Takes in a write without bodies.
     *
     * @param before the last write of this part
     * @return that write, if it is somebody else's and had no bodies either
     */
    @Nullable
    Mark take(@Nullable Mark before, Mark mark) {
        Mark unseen = last != null && isSame(last, before) ? last : null;
        last = mark;
        return unseen != null && unseen.differsFrom(mark) ? unseen : null;
    }

    /** The write of somebody else without bodies that this one with bodies may answer; null if there is none. */
    @Nullable
    Mark unseenBy(Mark mark) {
        return last != null && last.differsFrom(mark) ? last : null;
    }

    /**
     * A write whose body is known answers nothing: if it is the first since, it may still show what was done there, and the next
     * take it back; else what follows does not follow on what was before.
     *
     * @param before the last write of this part before that
     */
    void interrupt(@Nullable Mark before) {
        if (last != null && !isSame(last, before)) {
            last = null;
        }
    }

    private static boolean isSame(Mark one, @Nullable Mark other) {
        return other != null && one.sequence() == other.sequence();
    }

    /** Notes that a write without bodies was answered by one with bodies: two hand-overs; says whether these two have had enough. */
    boolean addAnswer(Mark unseen, Mark answer, int enough, Duration span) {
        last = null;
        add(answer, unseen, enough, span);
        return add(unseen, answer, enough, span);
    }

    /** Notes a hand-over; says whether these two have had enough of them. */
    boolean add(Mark before, Mark mark, int enough, Duration span) {
        begin();
        Deque<Mark> pair = bounded(pairs, new Pair(Who.of(before), Who.of(mark)));
        add(pair, mark, enough);
        add(bounded(byActor, Who.of(before)), mark, enough);
        add(bounded(byActor, Who.of(mark)), mark, enough);
        Mark oldest = pair.getFirst();
        return pair.size() >= enough && !oldest.isBefore(mark.time().minus(span));
    }

    private void begin() {
        pairs = pairs.isEmpty() ? new LinkedHashMap<>() : pairs;
        byActor = byActor.isEmpty() ? new LinkedHashMap<>() : byActor;
    }

    private static <K> Deque<Mark> bounded(Map<K, Deque<Mark>> map, K key) {
        if (map.size() >= MOST_PAIRS && !map.containsKey(key)) {
            map.remove(map.keySet().iterator().next());
        }
        return map.computeIfAbsent(key, k -> new ArrayDeque<>(4));
    }

    private static void add(Deque<Mark> marks, Mark mark, int most) {
        marks.addLast(mark);
        if (marks.size() > most) {
            marks.removeFirst();
        }
    }

    /** The remembered hand-overs between the two, oldest first. */
    List<Mark> between(Mark one, Mark other) {
        Deque<Mark> pair = pairs.get(new Pair(Who.of(one), Who.of(other)));
        return pair == null ? List.of() : List.copyOf(pair);
    }

    /** A write of each actor that took part in so many hand-overs within the span. */
    List<Mark> contenders(int share, Duration span, Instant now) {
        List<Mark> contenders = new ArrayList<>();
        byActor.forEach((who, marks) -> {
            Instant since = now.minus(span);
            long lately = marks.stream().filter(m -> !m.isBefore(since)).count();
            if (lately >= share) {
                marks.stream().filter(m -> Who.of(m).equals(who)).findFirst().ifPresent(contenders::add);
            }
        });
        return contenders;
    }

    void write(StateWriter out) {
        Mark.writeMaybe(last, out);
        out.list(pairs.entrySet(), pair -> {
            pair.getKey().one.write(out);
            pair.getKey().other.write(out);
            out.list(pair.getValue(), mark -> mark.write(out));
        });
        out.list(byActor.entrySet(), actor -> {
            actor.getKey().write(out);
            out.list(actor.getValue(), mark -> mark.write(out));
        });
    }

    void read(StateReader in) {
        last = Mark.readMaybe(in);
        in.list(() -> {
            begin();
            pairs.put(new Pair(Who.read(in), Who.read(in)), marks(in));
        });
        in.list(() -> {
            begin();
            byActor.put(Who.read(in), marks(in));
        });
    }

    private static Deque<Mark> marks(StateReader in) {
        Deque<Mark> marks = new ArrayDeque<>(4);
        in.list(() -> Mark.read(in), marks::addLast);
        return marks;
    }
}
