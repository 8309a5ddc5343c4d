package io.patchwar.remedies;

import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.settings.YamlProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The catalogue: of the remedies that fit a war the first, else the general one for its class. It is data, in YAML files
 * beside this class, chapter by chapter; special cases stand before general ones. A chapter is read once, when it is first looked
 * through: a scan mostly ends in one of the first, and reading all of them takes as long as judging ten thousand writes. Any thread.
 */
public final class Remedies {
    /** The chapters, in the order in which they are looked through. */
    static final List<String> CHAPTERS = List.of(
            "services", "gateways", "scaling", "webhooks", "secrets", "workloads", "nodes", "metadata", "loops");

    private static final String GENERAL = "classes";

    private static final Map<String, List<Entry>> READ = new ConcurrentHashMap<>();

    private Remedies() {}

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
        for (String chapter : CHAPTERS) {
            for (Entry entry : entries(chapter)) {
                if (entry.match().fits(war)) {
                    return entry.of(war);
                }
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
        return CHAPTERS.stream()
                .flatMap(chapter -> entries(chapter).stream())
                .filter(entry -> entry.match().classes().contains(warClass))
                .map(Entry::ofNoWar)
                .toList();
    }

    /** Everything in the catalogue, with words in capitals for names: the special remedies, and last the general ones. */
    public static List<Chapter> all() {
        List<Chapter> chapters = new ArrayList<>();
        names().forEach(name -> chapters.add(
                new Chapter(name, entries(name).stream().map(Entry::ofNoWar).toList())));
        return chapters;
    }

    /** Which wars the remedy of that id is for, in Markdown; the class alone for a general one. */
    public static String warsOf(String id) {
        return names().flatMap(name -> entries(name).stream())
                .filter(entry -> entry.template().id().equals(id))
                .findFirst()
                .map(entry -> entry.match().inWords())
                .orElseThrow(() -> new IllegalArgumentException("there is no remedy " + id));
    }

    private static Entry general(WarClass warClass) {
        for (Entry entry : entries(GENERAL)) {
            if (entry.match().classes().contains(warClass)) {
                return entry;
            }
        }
        throw new IllegalStateException("the catalogue has no remedy for the class " + warClass.word());
    }

    /** Of all chapters, the general one last. */
    private static Stream<String> names() {
        return Stream.concat(CHAPTERS.stream(), Stream.of(GENERAL));
    }

    private static List<Entry> entries(String chapter) {
        return READ.computeIfAbsent(chapter, Remedies::load);
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
