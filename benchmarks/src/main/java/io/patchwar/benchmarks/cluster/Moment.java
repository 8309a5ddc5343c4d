package io.patchwar.benchmarks.cluster;

/**
 * Where the cluster stands: its clock, its etcd revision, its dice. About a thousand events a second pass, whether or
 * not they are written down. Not thread-safe.
 */
final class Moment {
    /** 2026-11-23T08:00:00Z. */
    private static final long START = 1_795_420_800_000_000L;

    private static final int MEAN_GAP = 1_000;

    final Dice dice;
    private long micros = START;
    private long revision = 184_223_107;
    private long prefixSecond = -1;
    private byte[] prefix = {};
    private long thisSecond = -1;
    private byte[] thisSecondText = {};

    Moment(Dice dice) {
        this.dice = dice;
    }

    void pass() {
        micros += 1 + dice.below(2 * MEAN_GAP - 1);
    }

    /** Since 1970. */
    long micros() {
        return micros;
    }

    /** Writes who, what and when into the slots that every event has. */
    Values stamp(Values values) {
        return values.set(Slot.AUDIT_ID, Ascii.uuid(dice))
                .set(Slot.RECEIVED, micros(micros - 900 - dice.below(9_000)))
                .set(Slot.STAGED, micros(micros));
    }

    /** Stores the object anew: what was its version is now the base. */
    Values store(Values values) {
        return stamp(values).set(Slot.BASE, values.get(Slot.VERSION)).set(Slot.VERSION, nextRevision());
    }

    byte[] nextRevision() {
        revision += 1 + dice.below(2);
        return Ascii.of(revision);
    }

    byte[] revision() {
        return Ascii.of(revision);
    }

    /** This second, RFC 3339; shared, never written to. */
    byte[] second() {
        long second = Math.floorDiv(micros, 1_000_000L);
        if (second != thisSecond) {
            thisSecondText = Ascii.second(micros);
            thisSecond = second;
        }
        return thisSecondText;
    }

    byte[] secondsFromNow(long seconds) {
        return Ascii.second(micros + seconds * 1_000_000);
    }

    byte[] microsecond() {
        return micros(micros);
    }

    private byte[] micros(long at) {
        long second = Math.floorDiv(at, 1_000_000L);
        if (second != prefixSecond) {
            prefix = Ascii.second(at);
            prefixSecond = second;
        }
        byte[] text = new byte[27];
        System.arraycopy(prefix, 0, text, 0, 19);
        text[19] = '.';
        long fraction = Math.floorMod(at, 1_000_000L);
        for (int i = 25; i > 19; i--) {
            text[i] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        text[26] = 'Z';
        return text;
    }
}
