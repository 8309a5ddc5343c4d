package io.patchwar.ingest.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name of a member of an object at the top of a body, byte by byte: it tells a list of events from an event. One thread. */
final class TopKey {
    private static final int LONGEST = 16;
    private static final byte[] ITEMS = ascii("items");
    private static final byte[][] OF_EVENTS = {
        ascii("auditID"), ascii("stage"), ascii("verb"), ascii("level"), ascii("requestURI")
    };

    private final byte[] name = new byte[LONGEST];
    private int length;
    private boolean coming;
    private boolean reading;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The next string is a name, or not. */
    void expect(boolean next) {
        coming = next;
    }

    /** Whether the next string is a name. */
    boolean isComing() {
        return coming;
    }

    boolean isBeingRead() {
        return reading;
    }

    void begin() {
        coming = false;
        reading = true;
        length = 0;
    }

    void add(byte c) {
        if (length < LONGEST) {
            name[length] = c;
        }
        length++;
    }

    void end() {
        reading = false;
    }

    boolean isItems() {
        return is(ITEMS);
    }

    /** Whether it is one that events have and lists of them have not. */
    boolean isOfAnEvent() {
        for (byte[] known : OF_EVENTS) {
            if (is(known)) {
                return true;
            }
        }
        return false;
    }

    private boolean is(byte[] known) {
        return length == known.length && Arrays.equals(name, 0, length, known, 0, length);
    }
}
