package io.patchwar.detection;

import io.patchwar.model.Confidence;
import io.patchwar.model.FieldValue;
import io.patchwar.model.Observation;
import io.patchwar.model.RecentCounts;
import io.patchwar.model.Rejection;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarState;
import io.patchwar.model.WriteLoad;
import io.patchwar.model.state.CorruptStateException;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A war or finding while it is followed: of one object, one class, one set of contenders. Mutable; its lifecycle is
 * opened, ongoing, ended, and ongoing again if it breaks out anew.
 */
final class Dispute {
    private static final int FIRST_EVIDENCE = 6;
    private static final int LAST_EVIDENCE = 14;
    private static final int MOST_VALUES = 4;
    private static final int MOST_FIELDS = 64;
    private static final int MOST_PARTIES = 32;
    private static final int GAPS = 15;

    final String id;
    final WarClass warClass;

    /** What tells it from others of its class on the object, where that is no field. */
    final String key;

    final Instant startedAt;

    /** The write that opened it: from then on its parties' writes are counted. */
    final Instant openedAt;

    final Set<String> fields = new TreeSet<>();
    final List<Party> parties = new ArrayList<>(2);
    final RecentCounts lately = new RecentCounts();

    /** What its parties wrote to the object since it opened: stored, bytes of that, without effect, refused. */
    final RecentCounts stored = new RecentCounts();

    final RecentCounts storedBytes = new RecentCounts();
    final RecentCounts noOps = new RecentCounts();
    final RecentCounts refused = new RecentCounts();
    private final List<Proof> first = new ArrayList<>(FIRST_EVIDENCE);
    private final Deque<Proof> latest = new ArrayDeque<>();
    private final Map<Party, Map<String, Set<String>>> values = new LinkedHashMap<>();
    private final Map<Party, Deque<Instant>> counted = new LinkedHashMap<>();
    private final Map<Party, Integer> confirmed = new LinkedHashMap<>();
    private final Map<String, Set<Long>> writesPerField = new LinkedHashMap<>();
    private long count;
    private long lastSequence = -1;
    private Instant lastChangeAt;
    private @Nullable Instant lastCounted;
    private @Nullable Duration lastGap;
    private @Nullable Instant endedAt;

    @Nullable
    Rejection rejection;

    boolean certain;
    long revision;

    Dispute(String id, WarClass warClass, String key, Instant startedAt, Instant openedAt) {
        this.id = id;
        this.key = key;
        this.warClass = warClass;
        this.startedAt = startedAt;
        this.openedAt = openedAt;
        this.lastChangeAt = startedAt;
    }

    /** A write that shows the dispute; field and values where the class has any. */
    record Proof(
            Mark mark,
            @Nullable String field,
            @Nullable FieldValue from,
            @Nullable FieldValue to) {
        private void write(StateWriter out) {
            mark.write(out);
            out.maybeWord(field);
            write(from, out);
            write(to, out);
        }

        private static void write(@Nullable FieldValue value, StateWriter out) {
            out.flag(value != null);
            if (value != null) {
                value.write(out);
            }
        }

        private static Proof read(StateReader in) {
            return new Proof(Mark.read(in), in.maybeWord(), value(in), value(in));
        }

        private static @Nullable FieldValue value(StateReader in) {
            return in.flag() ? FieldValue.read(in) : null;
        }
    }

    WarState state() {
        return endedAt == null ? WarState.ONGOING : WarState.ENDED;
    }

    @Nullable
    Instant endedAt() {
        return endedAt;
    }

    Instant lastChangeAt() {
        return lastChangeAt;
    }

    long count() {
        return count;
    }

    @Nullable
    Duration lastGap() {
        return lastGap;
    }

    boolean hasParties(List<Party> others) {
        return parties.size() == others.size() && others.stream().allMatch(o -> party(o) != null);
    }

    @Nullable
    Party party(Party wanted) {
        for (Party party : parties) {
            if (party.sameAs(wanted)) {
                return party;
            }
        }
        return null;
    }

    void join(Party newcomer) {
        if (parties.size() < MOST_PARTIES && party(newcomer) == null) {
            parties.add(newcomer);
        }
    }

    void contest(String field) {
        if (fields.size() < MOST_FIELDS) {
            fields.add(field);
        }
    }

    /** One more reversal, or whatever the class counts, by {@code party}. Several fields of one write count once. */
    void count(Party party, Mark mark, boolean sure) {
        touch(mark.time());
        if (mark.sequence() <= lastSequence) {
            return;
        }
        lastSequence = mark.sequence();
        count++;
        lately.add(mark.time());
        Instant before = lastCounted;
        if (before != null && !mark.time().isBefore(before)) {
            lastGap = Duration.between(before, mark.time());
        }
        lastCounted = mark.time();
        Party known = party(party);
        Party key = known == null ? party : known;
        Deque<Instant> times = counted.computeIfAbsent(key, p -> new ArrayDeque<>());
        times.addLast(mark.time());
        if (times.size() > GAPS + 1) {
            times.removeFirst();
        }
        if (sure) {
            confirmed.merge(key, 1, Integer::sum);
        }
    }

    /** Adds what was counted elsewhere, and not one by one. */
    void countTo(long total, Mark mark) {
        touch(mark.time());
        count = Math.max(count, total);
        lately.add(mark.time());
    }

    /** Takes in what a write of the object cost, if one of the parties made it. */
    void weigh(Mark mark, Observation o) {
        if (!isByAParty(mark)) {
            return;
        }
        switch (o.kind()) {
            case CHANGED -> {
                stored.add(o.time());
                storedBytes.add(o.time(), o.bytes());
            }
            case NO_OP -> noOps.add(o.time());
            case REJECTED -> refused.add(o.time());
        }
    }

    private boolean isByAParty(Mark mark) {
        for (Party party : parties) {
            if (party.is(mark)) {
                return true;
            }
        }
        return false;
    }

    WriteLoad load() {
        return new WriteLoad(
                openedAt,
                lately.minutes(),
                stored.minutes(),
                storedBytes.minutes(),
                noOps.minutes(),
                refused.minutes(),
                lastGap);
    }

    private void touch(Instant time) {
        endedAt = null;
        if (time.isAfter(lastChangeAt)) {
            lastChangeAt = time;
        }
    }

    void prove(Proof proof) {
        if (first.size() < FIRST_EVIDENCE) {
            first.add(proof);
            return;
        }
        latest.addLast(proof);
        if (latest.size() > LAST_EVIDENCE) {
            latest.removeFirst();
        }
    }

    List<Proof> evidence() {
        List<Proof> all = new ArrayList<>(first);
        all.addAll(latest);
        return all;
    }

    /** Notes a value that a contender insists on, and in which write it stood, for whoever names the fields' parent. */
    void insist(Party party, String field, FieldValue value, long sequence) {
        Party known = party(party);
        if (known == null) {
            return;
        }
        Map<String, Set<String>> byField = values.computeIfAbsent(known, p -> new LinkedHashMap<>());
        if (byField.size() >= MOST_FIELDS && !byField.containsKey(field)) {
            return;
        }
        Set<String> seen = byField.computeIfAbsent(field, f -> new LinkedHashSet<>());
        String text = value.isAbsent() ? "(absent)" : value.text();
        seen.remove(text);
        seen.add(text);
        if (seen.size() > MOST_VALUES) {
            seen.remove(seen.iterator().next());
        }
        Set<Long> writes = writesPerField.computeIfAbsent(field, f -> new LinkedHashSet<>());
        writes.add(sequence);
        if (writes.size() > LAST_EVIDENCE) {
            writes.remove(writes.iterator().next());
        }
    }

    Map<String, Set<String>> valuesOf(Party party) {
        return values.getOrDefault(party, Map.of());
    }

    /** Whether these fields changed in the same writes, as far back as is remembered. */
    boolean changeTogether(List<String> some) {
        Set<Long> writes = writesPerField.getOrDefault(some.get(0), Set.of());
        return !writes.isEmpty()
                && some.stream().allMatch(f -> writes.equals(writesPerField.getOrDefault(f, Set.of())));
    }

    Confidence confidence(int enough) {
        if (warClass == WarClass.SUSPECTED) {
            return Confidence.SUSPECTED;
        }
        boolean sure = certain || confirmed.values().stream().anyMatch(n -> n >= enough);
        return sure ? Confidence.CONFIRMED : Confidence.INFERRED;
    }

    /** Median gap between what one contender did and did again; null if nobody did it twice. */
    @Nullable
    Duration period() {
        List<Duration> gaps = new ArrayList<>();
        for (Deque<Instant> times : counted.values()) {
            Instant before = null;
            for (Instant time : times) {
                if (before != null) {
                    gaps.add(Duration.between(before, time).abs());
                }
                before = time;
            }
        }
        if (gaps.isEmpty()) {
            return null;
        }
        Collections.sort(gaps);
        return gaps.get(gaps.size() / 2);
    }

    /** How long it must be silent to be over. */
    Duration patience(DetectionRules rules) {
        Duration period = period();
        Duration patience = period == null ? rules.quiet() : period.multipliedBy(rules.quietPeriods());
        if (patience.compareTo(rules.quiet()) < 0) {
            patience = rules.quiet();
        }
        return patience.compareTo(rules.window()) > 0 ? rules.window() : patience;
    }

    /** When it ends, or, if it has ended, is forgotten, should nothing more happen. */
    Instant deadline(DetectionRules rules) {
        return lastChangeAt.plus(endedAt == null ? patience(rules) : rules.window());
    }

    /** Nobody will follow it any more: as far as anyone can tell, it ended. Says whether it had not yet. */
    boolean abandon() {
        boolean ongoing = endedAt == null;
        endedAt = lastChangeAt;
        return ongoing;
    }

    /** Ends it if it has been silent for long enough; says whether it did. */
    boolean endIfSilent(Instant now, DetectionRules rules) {
        // What patience never is less than; the rest takes some working out.
        Duration least = rules.quiet().compareTo(rules.window()) < 0 ? rules.quiet() : rules.window();
        if (endedAt != null
                || !now.isAfter(lastChangeAt.plus(least))
                || !now.isAfter(lastChangeAt.plus(patience(rules)))) {
            return false;
        }
        endedAt = lastChangeAt;
        return true;
    }

    void write(StateWriter out) {
        out.text(id);
        out.word(warClass.word());
        out.word(key);
        out.time(startedAt);
        out.time(openedAt);
        out.list(fields, out::word);
        out.list(parties, party -> party.write(out));
        for (RecentCounts counts : List.of(lately, stored, storedBytes, noOps, refused)) {
            counts.write(out);
        }
        out.list(first, proof -> proof.write(out));
        out.list(latest, proof -> proof.write(out));
        out.list(values.entrySet(), all -> {
            all.getKey().write(out);
            out.list(all.getValue().entrySet(), some -> {
                out.word(some.getKey());
                out.list(some.getValue(), out::word);
            });
        });
        out.list(counted.entrySet(), times -> {
            times.getKey().write(out);
            out.list(times.getValue(), out::time);
        });
        out.list(confirmed.entrySet(), sure -> {
            sure.getKey().write(out);
            out.number(sure.getValue());
        });
        out.list(writesPerField.entrySet(), writes -> {
            out.word(writes.getKey());
            out.list(writes.getValue(), out::number);
        });
        out.number(count);
        out.signed(lastSequence);
        out.time(lastChangeAt);
        out.maybeTime(lastCounted);
        out.maybeSpan(lastGap);
        out.maybeTime(endedAt);
        out.flag(rejection != null);
        if (rejection != null) {
            rejection.write(out);
        }
        out.flag(certain);
        out.number(revision);
    }

    static Dispute read(StateReader in) {
        String id = in.text();
        String word = in.word();
        WarClass warClass = WarClass.of(word).orElseThrow(() -> new CorruptStateException("no class of war: " + word));
        Dispute d = new Dispute(id, warClass, in.word(), in.time(), in.time());
        in.list(in::word, d.fields::add);
        in.list(() -> Party.read(in), d.parties::add);
        for (RecentCounts counts : List.of(d.lately, d.stored, d.storedBytes, d.noOps, d.refused)) {
            counts.read(in);
        }
        in.list(() -> Proof.read(in), d.first::add);
        in.list(() -> Proof.read(in), d.latest::addLast);
        in.list(() -> {
            Map<String, Set<String>> byField = new LinkedHashMap<>();
            d.values.put(Party.read(in), byField);
            in.list(() -> {
                Set<String> some = new LinkedHashSet<>();
                byField.put(in.word(), some);
                in.list(in::word, some::add);
            });
        });
        in.list(() -> {
            Deque<Instant> times = new ArrayDeque<>();
            d.counted.put(Party.read(in), times);
            in.list(in::time, times::addLast);
        });
        in.list(() -> d.confirmed.put(Party.read(in), in.number(Integer.MAX_VALUE)));
        in.list(() -> {
            Set<Long> writes = new LinkedHashSet<>();
            d.writesPerField.put(in.word(), writes);
            in.list(in::number, writes::add);
        });
        d.count = in.number();
        d.lastSequence = in.signed();
        d.lastChangeAt = in.time();
        d.lastCounted = in.maybeTime();
        d.lastGap = in.maybeSpan();
        d.endedAt = in.maybeTime();
        d.rejection = in.flag() ? Rejection.read(in) : null;
        d.certain = in.flag();
        d.revision = in.number();
        return d;
    }
}
