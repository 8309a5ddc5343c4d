package io.patchwar.standalone.explain;

import io.patchwar.detection.DetectionRules;
import io.patchwar.model.WarClass;
import io.patchwar.remedies.Remedies;
import io.patchwar.remedies.Remedy;
import io.patchwar.settings.Amounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One class, explained. The text lies beside this class, one file for each; numbers in it are names in braces, filled in from
 * the rules, so that text and rules cannot drift apart. Lines that begin with a space stand as they are; all others are
 * wrapped.
 */
public final class Lesson {
    private static final Pattern NUMBER = Pattern.compile("\\{([a-zA-Z]+)}");

    private final String text;

    private Lesson(String text) {
        this.text = text;
    }

    /** What the class is, with the default rules: the lesson but for what to do. */
    public static Lesson explained(WarClass warClass) {
        return new Lesson(filled(resource(warClass.word() + ".txt"), DetectionRules.DEFAULT));
    }

    /** The lesson on that class, with the default rules. */
    public static Lesson of(WarClass warClass) {
        StringBuilder text = new StringBuilder(explained(warClass).text);
        Remedy remedy = Remedies.forClass(warClass);
        text.append("\nWhat to do. ").append(remedy.cause()).append('\n');
        remedy.steps().forEach(step -> text.append("- ").append(step).append('\n'));
        return new Lesson(text.toString());
    }

    /** All classes, one line each. */
    public static String list() {
        StringBuilder out =
                new StringBuilder("Wars: two or more keep undoing each other. They end in exit status 1.\n");
        append(out, true);
        out.append("\nFindings: shown, and no war.\n");
        append(out, false);
        return out.append("\n`patchwar explain CLASS` tells more.\n").toString();
    }

    private static void append(StringBuilder out, boolean wars) {
        for (WarClass c : WarClass.values()) {
            if (c.isWar() == wars) {
                String title = resource(c.word() + ".txt").lines().findFirst().orElse("");
                out.append(String.format(
                        "  %-12s %s%n",
                        c.word(), title.substring(title.indexOf(':') + 1).strip()));
            }
        }
    }

    private static String filled(String text, DetectionRules rules) {
        Map<String, String> numbers = Map.ofEntries(
                Map.entry("window", Amounts.text(rules.window())),
                Map.entry("reversals", String.valueOf(rules.reversals())),
                Map.entry("ownedRecreations", String.valueOf(rules.ownedRecreations())),
                Map.entry("ownedSpan", Amounts.text(rules.ownedSpan())),
                Map.entry("handOvers", String.valueOf(rules.handOvers())),
                Map.entry("newValues", Math.round(rules.newValues() * 100) + " %"),
                Map.entry("returns", String.valueOf(rules.returns())),
                Map.entry("flipFlopValues", String.valueOf(rules.flipFlopValues())),
                Map.entry("shortSpan", Amounts.text(rules.shortSpan())),
                Map.entry("hotLoopWrites", String.valueOf(rules.hotLoopWrites())),
                Map.entry("hotLoopSpan", Amounts.text(rules.hotLoopSpan())),
                Map.entry("rejections", String.valueOf(rules.rejections())),
                Map.entry("rejectedPerAccepted", String.valueOf(rules.rejectedPerAccepted())),
                Map.entry("suspectedHandOvers", String.valueOf(rules.suspectedHandOvers())),
                Map.entry("suspectedShare", String.valueOf(rules.suspectedShare())),
                Map.entry("quiet", Amounts.text(rules.quiet())),
                Map.entry("quietPeriods", String.valueOf(rules.quietPeriods())));
        return NUMBER.matcher(text).replaceAll(found -> {
            String number = numbers.get(found.group(1));
            return number == null ? Matcher.quoteReplacement(found.group()) : number;
        });
    }

    /** The lesson, wrapped to the width. */
    public String render(int width) {
        StringBuilder out = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            boolean asItIs = line.isEmpty() || line.startsWith(" ");
            out.append(asItIs ? line : wrapped(line, width)).append('\n');
        }
        return out.toString().stripTrailing() + "\n";
    }

    private static String wrapped(String line, int width) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (String word : line.split(" ", -1)) {
            if (column > 2 && column + 1 + word.length() > width) {
                out.append(line.startsWith("- ") ? "\n  " : "\n");
                column = line.startsWith("- ") ? 2 : 0;
            } else if (!out.isEmpty()) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        return out.toString();
    }

    private static String resource(String name) {
        try (InputStream in = Lesson.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no lesson " + name + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
