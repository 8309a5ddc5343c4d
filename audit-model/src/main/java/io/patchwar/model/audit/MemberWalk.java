package io.patchwar.model.audit;

import io.patchwar.model.json.Ascii;
import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Slice;
import io.patchwar.model.json.Words;

/**
 * Walks an object's members and stops at each before its value, so that a value is passed over once, by whoever reads it:
 * {@code while (m.next()) m.after(… m.at() …)}. Used again for the next object; one thread.
 */
final class MemberWalk {
    private byte[] b = {};
    private int to;
    private int at;
    private int keyFrom;
    private int keyTo;
    private boolean started;

    /** Begins to walk the object whose opening bracket is at {@code from}; it may end anywhere before {@code to}. */
    MemberWalk over(byte[] bytes, int from, int until) {
        b = bytes;
        to = until;
        at = from + 1;
        started = false;
        return this;
    }

    /** Goes on walking an object behind the value that ends before {@code behind}. */
    MemberWalk on(byte[] bytes, int behind, int until) {
        b = bytes;
        to = until;
        at = behind;
        started = true;
        return this;
    }

    /** Moves to the next member's value; false behind the object's end, where {@link #at} then is. */
    boolean next() {
        // As encoders write it, with no blanks; all else is for the general way.
        if (started && at + 1 < to && b[at] == ',' && b[at + 1] == '"') {
            return key(at + 1);
        }
        return nextAnyhow();
    }

    private boolean nextAnyhow() {
        int p = JsonScan.skipSpace(b, at, to);
        if (p < to && b[p] == '}') {
            at = p + 1;
            return false;
        }
        if (started) {
            expect(p, ',');
            p = JsonScan.skipSpace(b, p + 1, to);
        }
        started = true;
        expect(p, '"');
        return key(p);
    }

    /** Reads a member's name, and comes to its value. */
    private boolean key(int quote) {
        keyFrom = quote + 1;
        int p = JsonScan.endOfString(b, quote, to);
        keyTo = p - 1;
        if (p + 1 < to && b[p] == ':' && b[p + 1] > ' ') {
            at = p + 1;
            return true;
        }
        return valueAnyhow(p);
    }

    private boolean valueAnyhow(int keyEnd) {
        int p = JsonScan.skipSpace(b, keyEnd, to);
        expect(p, ':');
        at = JsonScan.skipSpace(b, p + 1, to);
        if (at >= to) {
            throw MalformedJsonException.cutOffAt(at);
        }
        return true;
    }

    private void expect(int p, char wanted) {
        if (p >= to) {
            throw MalformedJsonException.cutOffAt(p);
        }
        if (b[p] != wanted) {
            throw MalformedJsonException.at(p, wanted);
        }
    }

    /** Where the value begins. */
    int at() {
        return at;
    }

    /** The value's first byte, which tells its type. */
    byte first() {
        return b[at];
    }

    int keyFrom() {
        return keyFrom;
    }

    int keyTo() {
        return keyTo;
    }

    int keyLength() {
        return keyTo - keyFrom;
    }

    boolean keyIs(Ascii name) {
        return name.is(b, keyFrom, keyTo);
    }

    /** The value was read, up to there. */
    void after(int end) {
        at = end;
    }

    /** Passes over the value. */
    void skip() {
        at = JsonScan.endOf(b, at, to);
    }

    /** The value, passed over. */
    Slice value() {
        int from = at;
        skip();
        return new Slice(b, from, at);
    }

    /** Where the text of the string value stands between its quotes, passed over. */
    long textStretch() {
        int from = at + 1;
        at = JsonScan.endOfString(b, at, to);
        return Stretch.of(from, at - 1);
    }

    /** The string value's text, passed over. */
    String text(Words words) {
        int from = at + 1;
        at = JsonScan.endOfString(b, at, to);
        return words.text(b, from, at - 1);
    }
}
