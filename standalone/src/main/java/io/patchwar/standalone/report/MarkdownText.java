package io.patchwar.standalone.report;

import io.patchwar.model.words.SafeText;
import java.util.List;

/** Text that Markdown shows as it is: no markup, no HTML, no link, no mention. Stateless. */
final class MarkdownText {
    private static final int LONGEST = 2_000;
    private static final String MARKUP = "\\`*_{}[]#+!|~$^";

    private MarkdownText() {}

    /**
     * For running text and table cells. Links are defanged as usual, {@code http[:]//}, because renderers look for them in what
     * escapes have become, too.
     */
    static String text(String text) {
        String safe = SafeText.of(text, LONGEST);
        StringBuilder out = new StringBuilder(safe.length() + 16);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '@' -> out.append("\\[at\\]");
                case ':' -> out.append(safe.startsWith("://", i) ? "\\[:\\]" : ":");
                case '.' -> out.append(followsWww(safe, i) ? "\\[.\\]" : isListNumber(safe, i) ? "\\." : ".");
                case '-', '=' -> out.append(i == 0 ? "\\" : "").append(c);
                default -> out.append(MARKUP.indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return out.toString();
    }

    private static boolean followsWww(String text, int at) {
        return at >= 3 && text.regionMatches(true, at - 3, "www", 0, 3);
    }

    private static boolean isListNumber(String text, int at) {
        return at > 0 && at < 10 && text.substring(0, at).chars().allMatch(Character::isDigit);
    }

    /** Lines of safe text as a block of code with a line end behind it; nothing at all for no lines. */
    static String block(String language, List<String> lines) {
        if (lines.isEmpty()) {
            return "";
        }
        String all = String.join("\n", lines);
        String fence = "```";
        while (all.contains(fence)) {
            fence += "`";
        }
        return fence + language + "\n" + all + "\n" + fence + "\n";
    }

    /** A code span, in which nothing means anything but the pipe of a table: with one of those it is no code span. */
    static String code(String text) {
        String safe = SafeText.of(text, LONGEST);
        if (safe.isEmpty() || safe.indexOf('|') >= 0) {
            return text(safe);
        }
        String fence = "`";
        while (safe.contains(fence)) {
            fence += "`";
        }
        boolean padded = safe.startsWith("`") || safe.endsWith("`") || safe.isBlank();
        return padded ? fence + " " + safe + " " + fence : fence + safe + fence;
    }
}
