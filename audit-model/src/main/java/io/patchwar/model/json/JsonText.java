package io.patchwar.model.json;

import java.nio.charset.StandardCharsets;

/** Strings out of JSON and back. Decoding never fails: what is not UTF-8 or no valid escape becomes U+FFFD. */
public final class JsonText {
    private JsonText() {}

    /** Decodes the characters between the quotes, {@code b[from, to)}. */
    public static String decode(byte[] b, int from, int to) {
        int i = from;
        while (i < to && b[i] != '\\') {
            i++;
        }
        if (i == to) {
            return new String(b, from, to - from, StandardCharsets.UTF_8);
        }
        StringBuilder out = new StringBuilder(to - from);
        int plain = from;
        while (i < to) {
            if (b[i] != '\\') {
                i++;
                continue;
            }
            out.append(new String(b, plain, i - plain, StandardCharsets.UTF_8));
            i = unescape(b, i + 1, to, out);
            plain = i;
        }
        return out.append(new String(b, plain, to - plain, StandardCharsets.UTF_8))
                .toString();
    }

    private static int unescape(byte[] b, int i, int to, StringBuilder out) {
        if (i >= to) {
            out.append('\uFFFD');
            return to;
        }
        switch (b[i]) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'u' -> {
                int code = hex(b, i + 1, to);
                out.append(code < 0 ? '\uFFFD' : (char) code);
                return code < 0 ? i + 1 : i + 5;
            }
            default -> {
                // A quote, a backslash or a slash stands for itself, and so does whatever else follows: it is ASCII, or
                // the start of a character that the next stretch would decode, so only ASCII is taken here.
                if (b[i] < 0) {
                    out.append('\uFFFD');
                    return i;
                }
                out.append((char) b[i]);
            }
        }
        return i + 1;
    }

    private static int hex(byte[] b, int i, int to) {
        if (i + 4 > to) {
            return -1;
        }
        int code = 0;
        for (int k = i; k < i + 4; k++) {
            int digit = Character.digit(b[k], 16);
            if (digit < 0) {
                return -1;
            }
            code = code << 4 | digit;
        }
        return code;
    }
}
