package io.patchwar.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a YAML document. Its values are asked for by key, with what stands in for them where the key is missing;
 * what is wrong is noted, and told when all has been asked for: {@link #finish} refuses the keys that nobody asked for, too.
 * One thread.
 */
public final class YamlSection {
    private final JsonNode node;
    private final String path;
    private final List<String> problems;
    private final Environment environment;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<YamlSection> inner = new ArrayList<>();

    private YamlSection(JsonNode node, String path, List<String> problems, Environment environment) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        this.environment = environment;
    }

    /**
     * The document as a section; one without content is an empty section.
     *
     * @throws YamlProblems if it is no YAML, or no mapping
     */
    public static YamlSection read(InputStream in) throws IOException, YamlProblems {
        return read(in, Environment.NONE);
    }

    /**
     * The same, with the environment's word over the document's.
     *
     * @throws YamlProblems if it is no YAML, or no mapping
     */
    public static YamlSection read(InputStream in, Environment environment) throws IOException, YamlProblems {
        return new YamlSection(YamlText.mapping(in), "", new ArrayList<>(), environment);
    }

    /** Everything has been asked for. */
    public void finish() throws YamlProblems {
        refuseUnknown();
        problems.addAll(environment.unknown());
        if (!problems.isEmpty()) {
            throw new YamlProblems(problems);
        }
    }

    private void refuseUnknown() {
        node.fieldNames().forEachRemaining(key -> {
            if (!asked.contains(key)) {
                problems.add(pathOf(key) + ": unknown key" + DidYouMean.among(asked, key));
            }
        });
        inner.forEach(YamlSection::refuseUnknown);
    }

    /** Notes something that is wrong with the value of a key. */
    public void problem(String key, String what) {
        problems.add(pathOf(key) + ": " + what);
    }

    /** The mapping at that key, empty if it is missing. */
    public YamlSection section(String key) {
        JsonNode value = container(key);
        if (value != null && !value.isObject()) {
            problem(key, "must be a mapping, key: value");
            value = null;
        }
        return add(
                new YamlSection(value == null ? MissingNode.getInstance() : value, pathOf(key), problems, environment));
    }

    /** The mappings in the list at that key, none if it is missing. */
    public List<YamlSection> sections(String key) {
        List<YamlSection> sections = new ArrayList<>();
        JsonNode list = list(key);
        for (int i = 0; list != null && i < list.size(); i++) {
            if (list.get(i).isObject()) {
                sections.add(
                        add(new YamlSection(list.get(i), pathOf(key) + "[" + i + "]", problems, Environment.NONE)));
            } else {
                problem(key + "[" + i + "]", "must be a mapping, key: value");
            }
        }
        return sections;
    }

    private YamlSection add(YamlSection section) {
        inner.add(section);
        return section;
    }

    /** Whether the key is there and not null. */
    public boolean has(String key) {
        return value(key) != null;
    }

    /** A text that is not empty. */
    public String text(String key, String otherwise) {
        JsonNode value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isValueNode() || value.asText().isBlank()) {
            problem(key, "must be a text");
            return otherwise;
        }
        return value.asText();
    }

    /** A list of texts; a single text stands for a list of one. */
    public List<String> texts(String key, List<String> otherwise) {
        JsonNode value = value(key);
        if (value == null) {
            return otherwise;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value.isArray() ? value : List.of(value)) {
            if (!item.isValueNode() || item.isNull() || item.asText().isBlank()) {
                problem(key, "must be a list of texts");
                return otherwise;
            }
            texts.add(item.asText());
        }
        return texts;
    }

    /** A mapping of names that are the operator's to texts, empty if it is missing. */
    public Map<String, String> map(String key) {
        JsonNode value = container(key);
        if (value == null) {
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        value.properties().forEach(entry -> {
            if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                map.put(entry.getKey(), entry.getValue().asText());
            } else {
                problem(key + "." + entry.getKey(), "must be a text");
            }
        });
        if (!value.isObject()) {
            problem(key, "must be a mapping, key: value");
        }
        return map;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean otherwise) {
        JsonNode value = value(key);
        if (value != null && !value.isBoolean()) {
            problem(key, "must be true or false, not " + shown(value));
            return otherwise;
        }
        return value == null ? otherwise : value.booleanValue();
    }

    /** A whole number within bounds, both included. */
    public int count(String key, int otherwise, int least, int most) {
        JsonNode value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            problem(key, "must be a whole number from " + least + " to " + most + ", not " + shown(value));
            return otherwise;
        }
        return value.intValue();
    }

    /** A share, above 0 and below 1. */
    public double share(String key, double otherwise) {
        JsonNode value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber() || !(value.doubleValue() > 0 && value.doubleValue() < 1)) {
            problem(key, "must be a number above 0 and below 1, not " + shown(value));
            return otherwise;
        }
        return value.doubleValue();
    }

    /** A duration such as {@code 5s}, {@code 10m} or {@code 1h30m}, within bounds. */
    public Duration duration(String key, Duration otherwise, Duration least, Duration most) {
        JsonNode value = value(key);
        if (value == null) {
            return otherwise;
        }
        Duration parsed = value.isTextual() ? Amounts.duration(value.textValue()) : null;
        if (parsed == null || parsed.compareTo(least) < 0 || parsed.compareTo(most) > 0) {
            problem(
                    key,
                    "must be a duration from " + Amounts.text(least) + " to " + Amounts.text(most)
                            + ", such as 30s, 10m, 1h30m, not " + shown(value));
            return otherwise;
        }
        return parsed;
    }

    /** An amount of memory such as {@code 64MiB}, within bounds. */
    public long bytes(String key, long otherwise, long least, long most) {
        JsonNode value = value(key);
        if (value == null) {
            return otherwise;
        }
        Long parsed = Amounts.bytes(value.asText());
        if (!value.isValueNode() || parsed == null || parsed < least || parsed > most) {
            problem(
                    key,
                    "must be an amount of memory from " + Amounts.text(least) + " to " + Amounts.text(most)
                            + ", such as 64MiB, not " + shown(value));
            return otherwise;
        }
        return parsed;
    }

    private @Nullable JsonNode list(String key) {
        JsonNode value = container(key);
        if (value != null && !value.isArray()) {
            problem(key, "must be a list");
            return null;
        }
        return value;
    }

    /** A key whose inside is all commented out is as good as missing; the parser hands over an empty text for it. */
    private @Nullable JsonNode container(String key) {
        JsonNode value = value(key);
        return value != null && value.isTextual() && value.textValue().isEmpty() ? null : value;
    }

    private @Nullable JsonNode value(String key) {
        asked.add(key);
        String override = environment.get(pathOf(key));
        JsonNode value = override == null ? node.get(key) : YamlText.value(override);
        return value == null || value.isNull() || value.isMissingNode() ? null : value;
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
