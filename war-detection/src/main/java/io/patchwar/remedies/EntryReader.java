package io.patchwar.remedies;

import io.patchwar.model.WarClass;
import io.patchwar.remedies.Match.Role;
import io.patchwar.remedies.Remedy.Option;
import io.patchwar.settings.DidYouMean;
import io.patchwar.settings.YamlProblems;
import io.patchwar.settings.YamlSection;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads one file of the catalogue, and refuses it with everything that is wrong with it. Stateless. */
final class EntryReader {
    private static final List<String> CLASSES =
            Arrays.stream(WarClass.values()).map(WarClass::word).toList();

    private EntryReader() {}

    static List<Entry> read(InputStream in) throws IOException, YamlProblems {
        YamlSection document = YamlSection.read(in);
        List<Entry> entries = new ArrayList<>();
        for (YamlSection section : document.sections("remedies")) {
            entries.add(entry(section));
        }
        document.finish();
        return entries;
    }

    private static Entry entry(YamlSection section) {
        Match match = match(section.section("when"));
        Predicate<String> known = name -> isKnown(name, match.contenders());
        String id = needed(section, "id");
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            section.problem("id", "must be small letters, digits and dashes, not \"" + id + "\"");
        }
        List<Option> options = new ArrayList<>();
        for (YamlSection option : section.sections("options")) {
            options.add(option(option, known));
        }
        if (options.isEmpty()) {
            section.problem("options", "is missing: say what to do");
        }
        List<String> sources = section.texts("sources", List.of());
        for (String source : sources) {
            if (!source.matches("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+#\\d+|https://\\S+")) {
                section.problem("sources", "must be owner/repository#number or an address, not \"" + source + "\"");
            }
        }
        return new Entry(match, new Remedy(id, needed(section, "title"), sentence(section, "cause"), options, sources));
    }

    private static Match match(YamlSection when) {
        Set<WarClass> classes = EnumSet.noneOf(WarClass.class);
        for (String word : when.texts("classes", List.of())) {
            Optional<WarClass> known = WarClass.of(word);
            known.ifPresent(classes::add);
            if (known.isEmpty()) {
                when.problem("classes", "no class \"" + word + "\"" + DidYouMean.among(CLASSES, word));
            }
        }
        if (classes.isEmpty()) {
            when.problem("classes", "is missing");
        }
        List<Role> roles = new ArrayList<>();
        for (YamlSection contender : when.sections("contenders")) {
            String as = needed(contender, "as");
            List<String> any = contender.texts("any", List.of());
            if (any.isEmpty()) {
                contender.problem("any", "is missing: by which accounts or programs is it known?");
            }
            if (!as.matches("[a-z][a-z0-9-]*") || Names.ROLES.contains(as)) {
                contender.problem("as", "must be small letters, digits and dashes, and not " + Names.ROLES);
            }
            roles.add(new Role(as, any));
        }
        return new Match(
                classes,
                when.texts("resources", List.of()),
                when.texts("names", List.of()),
                when.texts("fields", List.of()),
                roles,
                when.texts("refusals", List.of()));
    }

    private static Option option(YamlSection section, Predicate<String> known) {
        List<String> commands = section.text("commands", "").lines().toList();
        String manifest = section.text("manifest", "");
        for (String line : commands) {
            report(section, "commands", Template.problemInCommand(line, known));
        }
        report(section, "manifest", Template.problemInManifest(manifest, known));
        if (commands.isEmpty() && manifest.isEmpty()) {
            section.problem("commands", "is missing, and so is manifest: what is there to copy?");
        }
        return new Option(
                sentence(section, "title"),
                commands,
                manifest,
                sentence(section, "effect"),
                sentence(section, "undo"),
                sentence(section, "agree"));
    }

    private static void report(YamlSection section, String key, String problem) {
        if (!problem.isEmpty()) {
            section.problem(key, problem);
        }
    }

    private static boolean isKnown(String name, List<Role> roles) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return Names.OF_OBJECT.contains(name);
        }
        String role = name.substring(0, dot);
        return Names.OF_CONTENDER.contains(name.substring(dot + 1))
                && (Names.ROLES.contains(role) || roles.stream().anyMatch(r -> r.as().equals(role)));
    }

    private static String needed(YamlSection section, String key) {
        String text = section.text(key, "");
        if (text.isEmpty()) {
            section.problem(key, "is missing");
        }
        return text.strip();
    }

    private static String sentence(YamlSection section, String key) {
        String text = needed(section, key);
        if (!text.isEmpty() && !text.endsWith(".") && !text.endsWith(".)")) {
            section.problem(key, "must be a sentence, with a full stop");
        }
        return text;
    }
}
