package io.patchwar.ingest.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Finds an event's stamp without reading the event. Stateless. */
final class Stamps {
    private static final byte[] NAME = "stageTimestamp".getBytes(StandardCharsets.US_ASCII);
    /** The stamp is one of the last members of an event. */
    private static final int LOOKED_AT = 4 << 10;

    private Stamps() {}

    /** The last stamp in the text; null if there is none near its end. */
    static @Nullable Instant last(byte[] b, int from, int to) {
        int lowest = Math.max(from, to - LOOKED_AT);
        for (int i = to - NAME.length; i >= lowest; i--) {
            if (b[i] == 's' && java.util.Arrays.equals(b, i, i + NAME.length, NAME, 0, NAME.length)) {
                return parse(b, i + NAME.length, to);
            }
        }
        return null;
    }

    private static @Nullable Instant parse(byte[] b, int from, int to) {
        int start = from;
        // Quotes may be escaped, if the event is a text in another document.
        while (start < to && start < from + 8 && (b[start] < '0' || b[start] > '9')) {
            start++;
        }
        int end = start;
        while (end < to && end < start + 40 && b[end] != '"' && b[end] != '\\') {
            end++;
        }
        try {
            return Instant.parse(new String(b, start, end - start, StandardCharsets.ISO_8859_1));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
