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
import java.util.ArrayList;
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
    static final int MOST_FIELDS = 64;
    private static final int MOST_PARTIES = 32;

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

    private final PartyWrites writes = new PartyWrites();
    private final Evidence evidence = new Evidence();
    private final InsistedValues values = new InsistedValues();
    private final Turns turns = new Turns();
    private final FieldsTogether together = new FieldsTogether();
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
        turns.add(known == null ? party : known, mark.time(), sure);
    }

    /** Adds what was counted elsewhere, and not one by one. */
    void countTo(long total, Mark mark) {
        touch(mark.time());
        count = Math.max(count, total);
        lately.add(mark.time());
    }

    /** Takes in what a write of the object cost, if one of the parties made it. */
    void weigh(Mark mark, Observation o) {
        if (isByAParty(mark)) {
            writes.add(o);
        }
    }

    /** How many writes of its parties were stored in the minutes that {@link RecentCounts} keeps. */
    int storedLately(Instant now) {
        return writes.stored.sum(now);
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
                writes.stored.minutes(),
                writes.storedBytes.minutes(),
                writes.noOps.minutes(),
                writes.refused.minutes(),
                lastGap);
    }

    private void touch(Instant time) {
        endedAt = null;
        if (time.isAfter(lastChangeAt)) {
            lastChangeAt = time;
        }
    }

    void prove(Proof proof) {
        evidence.add(proof);
    }

    List<Proof> evidence() {
        return evidence.all();
    }

    /** Notes a value that a contender insists on, and in which write it stood, for whoever names the fields' parent. */
    void insist(Party party, String field, FieldValue value, long sequence) {
        Party known = party(party);
        if (known != null && values.add(known, field, value)) {
            together.add(field, sequence);
        }
    }

    Map<String, Set<String>> valuesOf(Party party) {
        return values.of(party);
    }

    /** Whether these fields changed in the same writes, as far back as is remembered. */
    boolean changeTogether(List<String> some) {
        return together.changed(some);
    }

    Confidence confidence(int enough) {
        if (warClass == WarClass.SUSPECTED) {
            return Confidence.SUSPECTED;
        }
        return certain || turns.isSure(enough) ? Confidence.CONFIRMED : Confidence.INFERRED;
    }

    /** Median gap between what one contender did and did again; null if nobody did it twice. */
    @Nullable
    Duration period() {
        return turns.period();
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
        lately.write(out);
        writes.write(out);
        evidence.write(out);
        values.write(out);
        turns.write(out);
        together.write(out);
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
        d.lately.read(in);
        d.writes.read(in);
        d.evidence.read(in);
        d.values.read(in);
        d.turns.read(in);
        d.together.read(in);
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
