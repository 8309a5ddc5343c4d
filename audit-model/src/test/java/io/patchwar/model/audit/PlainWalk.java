package io.patchwar.model.audit;

import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Slice;
import io.patchwar.model.json.Words;

/** A {@link MemberWalk} without shortcuts. */
final class PlainWalk {
    private byte[] b = {};
    private int to;
    private int at;
    private int keyFrom;
    private int keyTo;
    private boolean started;

    /** Begins to walk the object whose opening bracket is at {@code from}; it may end anywhere before {@code to}. */
    PlainWalk over(byte[] bytes, int from, int until) {
        b = bytes;
        to = until;
        at = from + 1;
        started = false;
        return this;
    }

    /** Moves to the next member's value; false behind the object's end, where {@link #at} then is. */
    boolean next() {
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
        keyFrom = p + 1;
        int keyEnd = JsonScan.endOfString(b, p, to);
        keyTo = keyEnd - 1;
        p = JsonScan.skipSpace(b, keyEnd, to);
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

    boolean keyIs(String ascii) {
        int n = ascii.length();
        if (keyTo - keyFrom != n) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (b[keyFrom + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
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

    /** The string value's text, passed over. */
    String text(Words words) {
        int from = at + 1;
        at = JsonScan.endOfString(b, at, to);
        return words.text(b, from, at - 1);
    }
}
