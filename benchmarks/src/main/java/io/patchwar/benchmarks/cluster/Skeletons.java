package io.patchwar.benchmarks.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The skeletons of one resource file. A line {@code @name} opens a skeleton; the lines below it, without indentation
 * and line ends, are its text. {@code <@name>} stands for the text of another skeleton of this file or of
 * {@code common.skeletons}; {@code <@name version=base>} for the same with slots renamed: a PUT's body is the stored
 * one at the version it was based on.
 */
final class Skeletons {
    private static final Pattern INCLUDE = Pattern.compile("<@([a-z-]+)((?: [a-z-]+=[a-z-]+)*)>");

    private final Map<String, String> texts = new LinkedHashMap<>();

    private Skeletons() {}

    static Skeletons load(String file) {
        Skeletons skeletons = new Skeletons();
        skeletons.read("common");
        skeletons.read(file);
        return skeletons;
    }

    Skeleton skeleton(String name) {
        return Skeleton.of(text(name));
    }

    private String text(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("no skeleton @" + name);
        }
        Matcher include = INCLUDE.matcher(text);
        StringBuilder whole = new StringBuilder();
        while (include.find()) {
            String part = text(include.group(1));
            for (String renaming : include.group(2).trim().split(" ", -1)) {
                int equals = renaming.indexOf('=');
                if (equals > 0) {
                    part = part.replace(
                            "<" + renaming.substring(0, equals) + ">", "<" + renaming.substring(equals + 1) + ">");
                }
            }
            include.appendReplacement(whole, Matcher.quoteReplacement(part));
        }
        return include.appendTail(whole).toString();
    }

    private void read(String file) {
        String name = "";
        for (String line : resource(file + ".skeletons").split("\n", -1)) {
            if (line.startsWith("@")) {
                name = line.substring(1);
                texts.put(name, "");
            } else if (!line.startsWith("#")) {
                texts.merge(name, line.strip(), String::concat);
            }
        }
    }

    private static String resource(String file) {
        try (InputStream in = Skeletons.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
