package io.patchwar.fields;

import io.patchwar.model.json.Slice;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether two scalars are spellings of one value: what a client sent and what the API server made of it. More generous
 * than equality of stored values, since here a difference accuses somebody of changing a request.
 */
final class Spelling {
    private static final int LONGEST = 64;
    private static final Pattern DURATION_PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s|us|µs|ns)");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private Spelling() {}

    static boolean same(Slice asked, Slice stored) {
        if (asked.sameBytes(stored)) {
            return true;
        }
        String a = asked.text();
        String b = stored.text();
        if (a.equals(b)) {
            return true;
        }
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return sameLines(a, b);
        }
        return sameLines(a, b)
                || equal(Quantities.canonical(a), Quantities.canonical(b))
                || equal(second(a), second(b))
                || equal(duration(a), duration(b))
                || equal(address(a), address(b));
    }

    private static boolean equal(@Nullable Object a, @Nullable Object b) {
        return a != null && a.equals(b);
    }

    private static boolean sameLines(String a, String b) {
        boolean mayDiffer = a.indexOf('\r') >= 0 || b.indexOf('\r') >= 0;
        return mayDiffer && a.replace("\r\n", "\n").equals(b.replace("\r\n", "\n"));
    }

    /** Kubernetes keeps most times to the second. */
    private static @Nullable Object second(String text) {
        if (text.length() < 20 || text.charAt(4) != '-') {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Go durations: {@code 60s} is {@code 1m0s}. */
    private static @Nullable Object duration(String text) {
        if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9') {
            return null;
        }
        Matcher m = DURATION_PART.matcher(text);
        double nanos = 0;
        int at = 0;
        while (m.find() && m.start() == at) {
            nanos += Double.parseDouble(m.group(1)) * unit(m.group(2));
            at = m.end();
        }
        return at == text.length() && at > 0 ? Duration.ofNanos((long) nanos) : null;
    }

    private static double unit(String name) {
        return switch (name) {
            case "h" -> 3.6e12;
            case "m" -> 6e10;
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "ns" -> 1;
            default -> 1e3;
        };
    }

    /** Literal addresses only: nothing is looked up. */
    private static @Nullable Object address(String text) {
        if (text.indexOf(':') < 0 || !ADDRESS.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
