package io.patchwar.standalone.source;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a log begins, by a look at its first stretch: the earliest stamp that is found in it, whatever envelope it is in. It only
 * decides when a log is opened, never what is read.
 */
final class Stamps {
    private static final Pattern OF_AN_EVENT = stamp("[sS]tageTimestamp");

    /** A request may have come in long before its event was written, so this says less. */
    private static final Pattern OF_ANYTHING = stamp("(?:requestReceivedTimestamp|\"timestamp|@timestamp)");

    private static Pattern stamp(String name) {
        return Pattern.compile(name + "[\\\\\":\\s]{1,12}"
                + "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2}))");
    }

    private Stamps() {}

    /** The earliest stamp in the stretch; null if there is none. */
    static @Nullable Instant earliest(byte[] head, int n) {
        String text = new String(head, 0, n, StandardCharsets.ISO_8859_1);
        Instant earliest = earliest(OF_AN_EVENT.matcher(text));
        return earliest != null ? earliest : earliest(OF_ANYTHING.matcher(text));
    }

    private static @Nullable Instant earliest(Matcher stamps) {
        Instant earliest = null;
        while (stamps.find()) {
            Instant stamp = parsed(stamps.group(1));
            if (stamp != null && (earliest == null || stamp.isBefore(earliest))) {
                earliest = stamp;
            }
        }
        return earliest;
    }

    private static @Nullable Instant parsed(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
