package io.patchwar.watch;

import io.patchwar.detection.IgnoreRule;
import io.patchwar.model.WarClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the shipped list, and no other, line by line: every start of the command line needs it, and waking a YAML library for
 * it takes longer than all else there is to start. It knows the few forms of YAML that the list is written in and refuses any
 * other; a test holds it to what the library makes of the same file.
 */
final class ShippedIgnoreList {
    private static final String NAME = "ignore-list.yaml";

    private final List<IgnoreRule> rules = new ArrayList<>();
    private final Map<String, List<String>> rule = new HashMap<>();
    private List<String> open = new ArrayList<>();

    private ShippedIgnoreList() {}

    static List<IgnoreRule> load() {
        try (InputStream in = ShippedIgnoreList.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new IllegalStateException(NAME + " is not on the class path");
            }
            ShippedIgnoreList list = new ShippedIgnoreList();
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .forEach(list::read);
            list.finishRule();
            return List.copyOf(list.rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#") || line.equals("ignore:")) {
            return;
        }
        if (line.startsWith("  - ")) {
            finishRule();
            readKey(line.substring(4));
        } else if (line.startsWith("      ")) {
            open.add(text.startsWith("- ") ? unquoted(text.substring(2)) : text);
        } else if (line.startsWith("    ")) {
            readKey(line.substring(4));
        } else {
            throw broken(line);
        }
    }

    /** {@code key: [a, b]}, {@code key: true}, or a key whose value begins on the next line. */
    private void readKey(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw broken(text);
        }
        String value = text.substring(colon + 1).strip();
        open = new ArrayList<>();
        rule.put(text.substring(0, colon), open);
        if (value.startsWith("[") && value.endsWith("]")) {
            // No pattern holds a comma.
            for (String item : value.substring(1, value.length() - 1).split(",", -1)) {
                open.add(unquoted(item.strip()));
            }
        } else if (!value.isEmpty() && !value.equals(">-")) {
            open.add(value);
        }
    }

    private void finishRule() {
        if (rule.isEmpty()) {
            return;
        }
        Set<WarClass> classes = EnumSet.noneOf(WarClass.class);
        for (String word : take("classes")) {
            classes.add(WarClass.of(word).orElseThrow(() -> broken(word)));
        }
        rules.add(IgnoreList.rule(
                classes,
                take("resources"),
                take("fields"),
                take("actors"),
                take("everySide").contains("true"),
                String.join(" ", take("reason")),
                false,
                null));
        if (!rule.isEmpty()) {
            throw broken(rule.keySet().toString());
        }
    }

    private List<String> take(String key) {
        List<String> values = rule.remove(key);
        return values == null ? List.of() : values;
    }

    private static String unquoted(String text) {
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    private static IllegalStateException broken(String what) {
        return new IllegalStateException(NAME + " is not as its reader wants it: " + what);
    }
}
