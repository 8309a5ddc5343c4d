package io.patchwar.standalone.source;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Knows by its first bytes what is no log at all, so that a person hears that once and not for each of its lines. */
final class Format {
    private static final Pattern YAML = Pattern.compile("(?:---.*|[\"'\\w./-]+:(?: .*)?|- .*)");
    private static final int LOOKED_AT = 4096;

    private Format() {}

    /** Why this is not read, for a person; null if it may be a log. */
    static @Nullable String unreadable(byte[] head, int length) {
        int n = Math.min(length, LOOKED_AT);
        if (begins(head, n, 0, 0xFD, '7', 'z', 'X', 'Z')) {
            return "compressed with xz, which is not read; unpack it first";
        }
        if (begins(head, n, 0, 'B', 'Z', 'h')) {
            return "compressed with bzip2, which is not read; unpack it first";
        }
        if (begins(head, n, 0, 0x04, 0x22, 0x4D, 0x18)) {
            return "compressed with lz4, which is not read; unpack it first";
        }
        if (begins(head, n, 0, 'P', 'K', 3, 4)) {
            return "a zip archive; unpack it first";
        }
        if (begins(head, n, 257, 'u', 's', 't', 'a', 'r')) {
            return "a tar archive; unpack it first";
        }
        if (begins(head, n, 0, 0xFF, 0xFE) || begins(head, n, 0, 0xFE, 0xFF)) {
            return "UTF-16 text, as PowerShell redirects it; convert it to UTF-8 first";
        }
        if (isBinary(head, n)) {
            return "binary, no text";
        }
        return isYaml(new String(head, 0, n, StandardCharsets.UTF_8)) ? "YAML; an audit log is JSON" : null;
    }

    private static boolean begins(byte[] head, int n, int at, int... magic) {
        if (n < at + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[at + i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** More than one byte in thirty is one that no text has. Zeros do not count: a log cut by copying begins with a hole. */
    private static boolean isBinary(byte[] head, int n) {
        int odd = 0;
        for (int i = 0; i < n; i++) {
            byte b = head[i];
            odd += (b > 0 && b < '\t') || (b > '\r' && b < ' ' && b != 0x1b) ? 1 : 0;
        }
        return odd * 30 > n;
    }

    private static boolean isYaml(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .limit(1)
                .anyMatch(line ->
                        YAML.matcher(line).matches() && !line.stripTrailing().endsWith("}"));
    }
}
