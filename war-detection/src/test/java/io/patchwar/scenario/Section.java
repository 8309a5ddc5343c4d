package io.patchwar.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a scenario file, read strictly: what is missing, of the wrong shape, or not asked for by
 * {@link #close()} is an error that names its place. A scenario that is misread would pass without testing anything.
 */
final class Section {

    private final JsonNode node;
    private final String place;
    private final Set<String> read = new LinkedHashSet<>();

    Section(JsonNode node, String place) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(place + ": should be a mapping, is: " + node);
        }
        this.node = node;
        this.place = place;
    }

    IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(place + ": " + why);
    }

    @Nullable
    JsonNode get(String key) {
        read.add(key);
        return node.get(key);
    }

    boolean has(String key) {
        return node.has(key);
    }

    String text(String key) {
        String text = textOr(key, null);
        if (text == null) {
            throw wrong("needs " + key);
        }
        return text;
    }

    @Nullable
    String textOr(String key, @Nullable String otherwise) {
        JsonNode value = get(key);
        if (value != null && !value.isValueNode()) {
            throw wrong(key + " should be text, is: " + value);
        }
        return value == null ? otherwise : value.asText();
    }

    boolean flag(String key) {
        JsonNode value = get(key);
        if (value != null && !value.isBoolean()) {
            throw wrong(key + " should be true or false, is: " + value);
        }
        return value != null && value.asBoolean();
    }

    int number(String key, int otherwise) {
        JsonNode value = get(key);
        if (value != null && !value.isInt()) {
            throw wrong(key + " should be a number, is: " + value);
        }
        return value == null ? otherwise : value.asInt();
    }

    /** {@code 1h30m}, {@code 4m59s}, {@code 250ms}. */
    Duration duration(String key) {
        String text = textOr(key, "0s");
        if (text == null || !text.matches("(\\d+d)?(\\d+h)?(\\d+m(?!s))?(\\d+(\\.\\d+)?s)?(\\d+ms)?")) {
            throw wrong(key + " should be a duration such as 1m30s, is: " + text);
        }
        Duration sum = Duration.ZERO;
        if (text.endsWith("ms")) {
            String digits = text.replaceAll("^.*?(\\d+)ms$", "$1");
            sum = Duration.ofMillis(Long.parseLong(digits));
            text = text.substring(0, text.length() - digits.length() - 2);
        }
        return text.isEmpty()
                ? sum
                : sum.plus(Duration.parse("P" + (text.contains("d") ? "" : "T")
                        + text.replace("d", "DT").toUpperCase(Locale.ROOT).replaceAll("DT$", "D")));
    }

    List<String> texts(String key) {
        JsonNode value = get(key);
        List<String> texts = new ArrayList<>();
        if (value != null) {
            if (!value.isArray()) {
                throw wrong(key + " should be a list, is: " + value);
            }
            value.forEach(each -> texts.add(each.asText()));
        }
        return texts;
    }

    List<Section> sections(String key) {
        JsonNode value = get(key);
        List<Section> sections = new ArrayList<>();
        if (value != null) {
            if (!value.isArray()) {
                throw wrong(key + " should be a list, is: " + value);
            }
            for (int i = 0; i < value.size(); i++) {
                sections.add(new Section(value.get(i), place + ", " + key + " " + (i + 1)));
            }
        }
        return sections;
    }

    /** A mapping of mappings; empty where the key is missing. */
    Section section(String key) {
        JsonNode value = get(key);
        return new Section(value == null ? JsonNodeFactory.instance.objectNode() : value, place + ", " + key);
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Refuses what nobody asked for. */
    void close() {
        List<String> unknown = keys();
        unknown.removeAll(read);
        if (!unknown.isEmpty()) {
            throw wrong("unknown: " + unknown);
        }
    }
}
