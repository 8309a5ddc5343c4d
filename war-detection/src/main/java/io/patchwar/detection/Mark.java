package io.patchwar.detection;

import io.patchwar.model.Actor;
import io.patchwar.model.state.PlainUuid;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One write, as remembered: who, when, which. Shared by all fields it changed, and told by which it is. There is one for every
 * write that is remembered, so it holds numbers where texts are numbers, as nearly all are. Immutable.
 */
final class Mark {
    private static final int MOST_DIGITS = 18;

    private final Actor actor;
    private final Side side;
    private final String verb;
    private final long seconds;
    private final int nanos;
    private final long sequence;

    /** The audit id where it is no UUID; else its halves. */
    private final @Nullable String oddId;

    private final long idHigh;
    private final long idLow;

    /** The version where it is no number that fits; else that, and 0 where there is none. */
    private final @Nullable String oddVersion;

    private final long version;

    Mark(Actor actor, Side side, Instant time, String auditID, @Nullable String version, String verb, long sequence) {
        this.actor = actor;
        this.side = side;
        this.verb = verb;
        this.seconds = time.getEpochSecond();
        this.nanos = time.getNano();
        this.sequence = sequence;
        boolean uuid = PlainUuid.is(auditID);
        this.oddId = uuid ? null : auditID;
        this.idHigh = uuid ? PlainUuid.high(auditID) : 0;
        this.idLow = uuid ? PlainUuid.low(auditID) : 0;
        this.version = version == null ? 0 : number(version);
        this.oddVersion = this.version == 0 ? version : null;
    }

    /** The number of which this is the text; 0 where it is the text of none, or of one that is long. */
    private static long number(String digits) {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || digits.charAt(0) == '0') {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    Actor actor() {
        return actor;
    }

    Side side() {
        return side;
    }

    Instant time() {
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** Whether it is older than that, without an object for its time. */
    boolean isBefore(Instant other) {
        return seconds < other.getEpochSecond() || (seconds == other.getEpochSecond() && nanos < other.getNano());
    }

    /** Milliseconds from the epoch, rounded down. */
    long millis() {
        return seconds * 1_000 + nanos / 1_000_000;
    }

    String auditID() {
        return oddId != null ? oddId : PlainUuid.text(idHigh, idLow);
    }

    @Nullable
    String version() {
        return version != 0 ? Long.toString(version) : oddVersion;
    }

    String verb() {
        return verb;
    }

    /** Its place among the object's writes. */
    long sequence() {
        return sequence;
    }

    boolean differsFrom(Mark other) {
        return actor.differsFrom(other.actor)
                && !(side == other.side && actor.instance().equals(other.actor.instance()));
    }

    /** Writes itself, once for all places that refer to it. */
    void write(StateWriter out) {
        out.shared(this, Long.hashCode(sequence), mark -> {
            mark.actor.write(out);
            mark.side.write(out);
            out.time(mark.time());
            if (mark.oddId == null) {
                out.id(mark.idHigh, mark.idLow);
            } else {
                out.id(mark.oddId);
            }
            out.maybeText(mark.version());
            out.word(mark.verb);
            out.number(mark.sequence);
        });
    }

    static Mark read(StateReader in) {
        return in.shared(
                Mark.class,
                () -> new Mark(
                        Actor.read(in), Side.read(in), in.time(), in.id(), in.maybeText(), in.word(), in.number()));
    }

    static void writeMaybe(@Nullable Mark mark, StateWriter out) {
        out.flag(mark != null);
        if (mark != null) {
            mark.write(out);
        }
    }

    static @Nullable Mark readMaybe(StateReader in) {
        return in.flag() ? read(in) : null;
    }
}
