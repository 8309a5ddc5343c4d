package io.patchwar.watch;

import io.patchwar.detection.IgnoreRule;
import io.patchwar.model.WarClass;
import io.patchwar.settings.DidYouMean;
import io.patchwar.settings.YamlProblems;
import io.patchwar.settings.YamlSection;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists of protocols that look like wars and are none, as YAML: {@code ignore}, a list of rules, each with a {@code reason}
 * and any of {@code classes}, {@code resources}, {@code fields}, {@code actors} and {@code everySide}. Stateless.
 */
public final class IgnoreList {
    private static final List<String> WORDS =
            Arrays.stream(WarClass.values()).map(WarClass::word).toList();

    /** Classes that are judged without looking at a field. */
    private static final Set<WarClass> FIELDLESS = EnumSet.of(WarClass.HOT_LOOP, WarClass.REJECTED, WarClass.SUSPECTED);

    private IgnoreList() {}

    private static final class Shipped {
        private static final List<IgnoreRule> RULES = ShippedIgnoreList.load();
    }

    /** The list that Patchwar comes with; read once, when first asked for. */
    public static List<IgnoreRule> shipped() {
        return Shipped.RULES;
    }

    /**
     * A list such as Patchwar comes with: of what it covers nothing is said at all.
     *
     * @throws YamlProblems everything that is wrong with it
     */
    public static List<IgnoreRule> read(InputStream in) throws IOException, YamlProblems {
        YamlSection document = YamlSection.read(in);
        List<IgnoreRule> rules = new ArrayList<>();
        for (YamlSection rule : document.sections("ignore")) {
            rules.add(rule(rule, false));
        }
        document.finish();
        return rules;
    }

    /** The rules in the list at that key of a larger document: what they cover is shown as muted. */
    public static List<IgnoreRule> rules(YamlSection section, String key) {
        List<IgnoreRule> rules = new ArrayList<>();
        for (YamlSection rule : section.sections(key)) {
            rules.add(rule(rule, true));
        }
        return rules;
    }

    private static IgnoreRule rule(YamlSection rule, boolean shown) {
        Set<WarClass> classes = EnumSet.noneOf(WarClass.class);
        for (String word : rule.texts("classes", List.of())) {
            Optional<WarClass> known = WarClass.of(word);
            if (known.isPresent()) {
                classes.add(known.get());
            } else {
                rule.problem("classes", "no class \"" + word + "\"" + DidYouMean.among(WORDS, word));
            }
        }
        IgnoreRule read = rule(
                classes,
                rule.texts("resources", List.of()),
                rule.texts("fields", List.of()),
                rule.texts("actors", List.of()),
                rule.flag("everySide", false),
                rule.text("reason", ""),
                shown,
                until(rule));
        if (read.reason().isEmpty()) {
            rule.problem("reason", "is missing: say why this looks like a war and is none");
        }
        boolean anywhere = read.resources().isEmpty() && read.actors().isEmpty();
        if (anywhere && read.fields().isEmpty()) {
            rule.problem("fields", "a rule needs resources, fields or actors; without any it would ignore everything");
        } else if (anywhere && !Collections.disjoint(read.classes(), FIELDLESS)) {
            rule.problem(
                    "classes",
                    "hot-loop, rejected and suspected have no field, so a rule for them needs resources or actors;"
                            + " without any it would ignore all of them");
        }
        return read;
    }

    /** A date, which is its beginning in UTC, or a point of time. */
    private static @Nullable Instant until(YamlSection rule) {
        if (!rule.has("until")) {
            return null;
        }
        String text = rule.text("until", "");
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            rule.problem("until", "must be a date, 2027-01-31, or a time, 2027-01-31T08:00:00Z, not \"" + text + "\"");
            return null;
        }
    }

    /** A rule as it is meant: one about a field says nothing about classes that have none, unless it names them. */
    static IgnoreRule rule(
            Set<WarClass> classes,
            List<String> resources,
            List<String> fields,
            List<String> actors,
            boolean everySide,
            String reason,
            boolean shown,
            @Nullable Instant until) {
        boolean all = classes.isEmpty() && !fields.isEmpty();
        Set<WarClass> meant = all ? EnumSet.complementOf(EnumSet.copyOf(FIELDLESS)) : classes;
        return new IgnoreRule(meant, resources, fields, actors, everySide, reason, shown, until);
    }
}
