package io.patchwar.watch.config;

import io.patchwar.detection.DetectionRules;
import io.patchwar.detection.IgnoreRule;
import io.patchwar.model.audit.Scope;
import io.patchwar.settings.Amounts;
import io.patchwar.settings.YamlProblems;
import io.patchwar.settings.YamlSection;
import io.patchwar.watch.IgnoreList;
import io.patchwar.watch.WatchConfig;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** From YAML to {@link Settings}. The bounds keep out what could only be a slip of the hand. */
final class SettingsReader {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MANY = 10_000;

    private SettingsReader() {}

    static Settings read(InputStream yaml) throws IOException, YamlProblems {
        YamlSection file = YamlSection.read(yaml);
        Settings settings = read(file, Settings.defaults());
        file.finish();
        return settings;
    }

    static Settings read(YamlSection file, Settings otherwise) {
        String cluster = file.text("cluster", otherwise.cluster());
        boolean redact = file.flag("redact", otherwise.watch().redact());
        Scope scope = scope(file.section("scope"), otherwise.scope());
        DetectionRules rules =
                rules(file.section("rules"), otherwise.watch().rules()).ignoring(ignored(file.section("ignore")));
        WatchConfig watch = watch(file, otherwise.watch(), rules, redact);
        return new Settings(cluster, scope, watch);
    }

    private static Scope scope(YamlSection section, Scope otherwise) {
        return new Scope(
                names(section, "excludedResources", otherwise.excludedResources()),
                names(section, "excludedGroups", otherwise.excludedGroups()));
    }

    private static Set<String> names(YamlSection section, String key, Set<String> otherwise) {
        return Set.copyOf(section.texts(key, List.copyOf(otherwise)));
    }

    private static List<IgnoreRule> ignored(YamlSection section) {
        List<IgnoreRule> rules = new ArrayList<>();
        if (section.flag("shipped", true)) {
            rules.addAll(IgnoreList.shipped());
        }
        rules.addAll(IgnoreList.rules(section, "rules"));
        return rules;
    }

    private static WatchConfig watch(YamlSection file, WatchConfig otherwise, DetectionRules rules, boolean redact) {
        YamlSection order = file.section("order");
        YamlSection memory = file.section("memory");
        return new WatchConfig(
                rules,
                order.duration("grace", otherwise.grace(), Duration.ofMillis(100), Duration.ofMinutes(10)),
                order.count("heldEvents", otherwise.heldEvents(), 0, 1_000_000),
                memory.bytes("heldBytes", otherwise.mostHeldBytes(), 1 << 20, 16L << 30),
                memory.count("objects", otherwise.mostObjects(), 1_000, 100_000_000),
                memory.bytes("bytes", otherwise.mostBytes(), 8 << 20, 256L << 30),
                memory.count("wars", otherwise.mostWars(), 10, 1_000_000),
                redact,
                PressureSettings.read(file.section("pressure"), otherwise.pressure()));
    }

    private static DetectionRules rules(YamlSection section, DetectionRules otherwise) {
        DetectionRules rules = new DetectionRules(
                section.duration("window", otherwise.window(), Duration.ofMinutes(1), Duration.ofDays(7)),
                section.count("reversals", otherwise.reversals(), 2, MANY),
                section.count("ownedRecreations", otherwise.ownedRecreations(), 2, MANY),
                section.duration("ownedSpan", otherwise.ownedSpan(), SECOND, DAY),
                section.count("handOvers", otherwise.handOvers(), 2, MANY),
                section.share("newValues", otherwise.newValues()),
                section.count("returns", otherwise.returns(), 2, MANY),
                section.count("flipFlopValues", otherwise.flipFlopValues(), 2, MANY),
                section.duration("shortSpan", otherwise.shortSpan(), SECOND, DAY),
                section.count("hotLoopWrites", otherwise.hotLoopWrites(), 2, MANY),
                section.duration("hotLoopSpan", otherwise.hotLoopSpan(), SECOND, DAY),
                section.count("rejections", otherwise.rejections(), 2, MANY),
                section.count("rejectedPerAccepted", otherwise.rejectedPerAccepted(), 1, MANY),
                section.count("suspectedHandOvers", otherwise.suspectedHandOvers(), 2, MANY),
                section.count("suspectedShare", otherwise.suspectedShare(), 1, MANY),
                section.duration("quiet", otherwise.quiet(), SECOND, DAY),
                section.count("quietPeriods", otherwise.quietPeriods(), 1, 1_000),
                section.count("valuesPerField", otherwise.valuesPerField(), 2, 1_000),
                section.count("fieldsPerObject", otherwise.fieldsPerObject(), 8, 100_000),
                section.count("disputesPerObject", otherwise.disputesPerObject(), 4, MANY),
                List.of());
        within(section, "ownedSpan", rules.ownedSpan(), rules.window());
        within(section, "shortSpan", rules.shortSpan(), rules.window());
        within(section, "hotLoopSpan", rules.hotLoopSpan(), rules.window());
        within(section, "quiet", rules.quiet(), rules.window());
        if (rules.suspectedShare() > rules.suspectedHandOvers()) {
            section.problem("suspectedShare", "must not be above suspectedHandOvers, " + rules.suspectedHandOvers());
        }
        return rules;
    }

    private static void within(YamlSection section, String key, Duration span, Duration window) {
        if (span.compareTo(window) > 0) {
            section.problem(key, "must not be longer than the window, " + Amounts.text(window));
        }
    }
}
