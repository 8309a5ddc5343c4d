package io.patchwar.model.words;

import org.jspecify.annotations.Nullable;

/**
 * Makes text from audit events harmless to look at: one line, of bounded length, in which everything stands where it was
 * written. Control characters, terminal escapes, line ends, marks and letters that turn the direction of writing, characters
 * without width or without meaning, and piled-up accents become visible escapes such as <code>\u001b</code>. Escaping twice
 * changes nothing. Stateless.
 */
public final class SafeText {
    /** Longest name that is shown whole: an account or object name of Kubernetes fits. */
    public static final int NAME = 253;

    private static final String MORE = "…";
    private static final int MOST_MARKS = 2;

    private SafeText() {}

    /** A name, cut to {@link #NAME} characters; empty for null. */
    public static String name(@Nullable String text) {
        return text == null ? "" : of(text, NAME);
    }

    /**
     * The text, safe, in at most {@code most} characters, the ellipsis included that stands for what is cut off.
     *
     * @param most at least 16
     */
    public static String of(String text, int most) {
        if (most < 16) {
            throw new IllegalArgumentException("at least 16 characters, not " + most);
        }
        if (text.length() <= most && isPlain(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(Math.min(text.length(), most) + 16);
        int marks = 0;
        int fits = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            marks = isMark(c) ? marks + 1 : 0;
            if (isHarmful(c) || marks > MOST_MARKS) {
                escape(c, out);
            } else {
                out.appendCodePoint(c);
            }
            if (out.length() > most) {
                return out.substring(0, fits) + MORE;
            }
            fits = out.length() < most ? out.length() : fits;
        }
        return out.toString();
    }

    /** The usual case, found without building anything. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static void escape(int c, StringBuilder out) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append(c <= 0xffff ? String.format("\\u%04x", c) : String.format("\\u{%x}", c));
        }
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static boolean isHarmful(int c) {
        if (c >= ' ' && c <= '~') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> true;
            default -> turns(c) || isInvisible(c);
        };
    }

    /** Letters written from right to left are no attack, but beside them the rest of the line changes places. */
    private static boolean turns(int c) {
        byte direction = Character.getDirectionality(c);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
    }

    /** Letters and marks that Unicode has as "default ignorable", or that are drawn as nothing. */
    private static boolean isInvisible(int c) {
        return c == 0x034f
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || (c >= 0x180b && c <= 0x180f)
                || c == 0x2800
                || c == 0x3164
                || (c >= 0xfe00 && c <= 0xfe0f)
                || c == 0xffa0
                || (c >= 0xe0100 && c <= 0xe01ef);
    }
}
