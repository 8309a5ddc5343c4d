package io.patchwar.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Settings that stand in environment variables: {@code kafka.maxBlock} is {@code PATCHWAR_KAFKA_MAX_BLOCK}. Remembers which
 * were asked for, so that a slip of the hand is told. One thread.
 */
public final class Environment {
    /** Nothing is set. */
    public static final Environment NONE = new Environment("PATCHWAR_", Map.of(), Set.of());

    private final String prefix;
    private final Map<String, String> variables;
    private final Set<String> asked = new TreeSet<>();

    private Environment(String prefix, Map<String, String> variables, Set<String> notOurs) {
        this.prefix = prefix;
        this.variables = new TreeMap<>();
        variables.forEach((name, value) -> {
            if (name.startsWith(prefix) && !notOurs.contains(name)) {
                this.variables.put(name, value);
            }
        });
    }

    /**
     * The variables that begin with {@code PATCHWAR_}.
     *
     * @param notOurs names that mean something else, as {@code PATCHWAR_HEAP} does to the launcher
     */
    public static Environment of(Map<String, String> variables, String... notOurs) {
        return new Environment("PATCHWAR_", variables, Set.of(notOurs));
    }

    /** What stands there for the setting at that path; null if nothing does. */
    @Nullable
    String get(String path) {
        if (variables.isEmpty()) {
            return null;
        }
        String name = prefix + name(path);
        asked.add(name);
        return variables.get(name);
    }

    private static String name(String path) {
        return path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** A line for each variable that is the name of no setting. */
    List<String> unknown() {
        return variables.keySet().stream()
                .filter(name -> !asked.contains(name))
                .map(name -> "environment variable " + name + ": names no setting" + DidYouMean.among(asked, name))
                .toList();
    }
}
