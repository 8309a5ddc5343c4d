package io.patchwar.remedies;

import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.settings.YamlProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue: of the remedies that fit a war the first, else the general one for its class. It is data, in YAML files
 * beside this class, chapter by chapter; special cases stand before general ones. Read once, when first asked for. Stateless.
 */
public final class Remedies {
    /** The chapters, in the order in which they are looked through. */
    static final List<String> CHAPTERS = List.of(
            "services", "gateways", "scaling", "webhooks", "secrets", "workloads", "nodes", "metadata", "loops");

    private static final String GENERAL = "classes";

    private Remedies() {}

    private static final class Catalogue {
        private static final List<Entry> ENTRIES =
                CHAPTERS.stream().flatMap(chapter -> load(chapter).stream()).toList();
        private static final List<Entry> CLASSES = load(GENERAL);
    }

    /**
     * One chapter of the catalogue.
     *
     * @param name file name without its ending
     */
    public record Chapter(String name, List<Remedy> remedies) {
        public Chapter {
            remedies = List.copyOf(remedies);
        }
    }

    /** What ends this war, or finding, filled in with its names. */
    public static Remedy forWar(War war) {
        for (Entry entry : Catalogue.ENTRIES) {
            if (entry.match().fits(war)) {
                return entry.of(war);
            }
        }
        return general(war.warClass()).of(war);
    }

    /** What helps against any war of this class, with words in capitals for names. */
    public static Remedy forClass(WarClass warClass) {
        return general(warClass).ofNoWar();
    }

    /** Of all special remedies those that are for this class, among others. */
    public static List<Remedy> specialFor(WarClass warClass) {
        return Catalogue.ENTRIES.stream()
                .filter(entry -> entry.match().classes().contains(warClass))
                .map(Entry::ofNoWar)
                .toList();
    }

    /** Everything in the catalogue, with words in capitals for names: the special remedies, and last the general ones. */
    public static List<Chapter> all() {
        List<Chapter> chapters = new ArrayList<>();
        for (String chapter : CHAPTERS) {
            chapters.add(new Chapter(
                    chapter, load(chapter).stream().map(Entry::ofNoWar).toList()));
        }
        chapters.add(new Chapter(
                GENERAL, Catalogue.CLASSES.stream().map(Entry::ofNoWar).toList()));
        return chapters;
    }

    /** Which wars the remedy of that id is for, in Markdown; the class alone for a general one. */
    public static String warsOf(String id) {
        for (List<Entry> entries : List.of(Catalogue.ENTRIES, Catalogue.CLASSES)) {
            for (Entry entry : entries) {
                if (entry.template().id().equals(id)) {
                    return entry.match().inWords();
                }
            }
        }
        throw new IllegalArgumentException("there is no remedy " + id);
    }

    private static Entry general(WarClass warClass) {
        for (Entry entry : Catalogue.CLASSES) {
            if (entry.match().classes().contains(warClass)) {
                return entry;
            }
        }
        throw new IllegalStateException("the catalogue has no remedy for the class " + warClass.word());
    }

    private static List<Entry> load(String chapter) {
        String name = chapter + ".yaml";
        try (InputStream in = Remedies.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return List.copyOf(EntryReader.read(in));
        } catch (YamlProblems e) {
            throw new IllegalStateException(name + " is no catalogue of remedies:\n" + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
