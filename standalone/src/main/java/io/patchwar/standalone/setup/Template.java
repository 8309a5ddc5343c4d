package io.patchwar.standalone.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text beside these classes, with places to fill: {@code {{cluster}}}. Stateless. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private Template() {}

    /**
     * The text of that file, filled.
     *
     * @throws IllegalStateException if a place has nothing to fill it
     */
    static String fill(String file, Map<String, String> values) {
        return PLACE.matcher(read(file)).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalStateException(file + " has a place " + match.group() + " that nothing fills");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static String read(String file) {
        try (InputStream in = Template.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the text " + file + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
