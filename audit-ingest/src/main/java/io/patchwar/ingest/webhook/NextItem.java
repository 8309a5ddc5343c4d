package io.patchwar.ingest.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where, in an item that is broken, the next one plainly begins. Stateless. */
final class NextItem {
    /** First members of events: where one of them opens an object right behind another, a new item begins; in a string it would be escaped. */
    private static final byte[][] BEGINNINGS = {
        ascii("},{\"level\":"),
        ascii("},{\"kind\":"),
        ascii("},{\"auditID\":"),
        ascii("},{\"apiVersion\":"),
        ascii("},{\"stage\":")
    };

    private NextItem() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where the item at {@code b[from, to)} has to end, as another begins behind it; -1 if none does. */
    static int inList(byte[] b, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (b[i] == '}' && i + 1 < to && b[i + 1] == ',') {
                for (byte[] beginning : BEGINNINGS) {
                    if (i + beginning.length <= to
                            && Arrays.equals(b, i, i + beginning.length, beginning, 0, beginning.length)) {
                        return i + 1;
                    }
                }
            }
        }
        return -1;
    }

    /** Behind the first line's end; -1 if there is none. */
    static int onLine(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether a string that ends with the quote at {@code quote} ended in the start of another object. */
    static boolean beginsAt(byte[] b, int from, int quote) {
        return quote - from > 3 && b[quote - 1] == '{' && b[quote - 2] == ',' && b[quote - 3] == '}';
    }
}
