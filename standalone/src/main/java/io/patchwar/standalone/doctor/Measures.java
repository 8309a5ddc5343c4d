package io.patchwar.standalone.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service's metrics page says, in Prometheus' text format 0.0.4. Immutable. */
final class Measures {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})?\\s+(\\S+)(?:\\s+\\d+)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One sample. */
    record Measure(String name, Map<String, String> labels, double value) {
        String label(String key) {
            return labels.getOrDefault(key, "");
        }
    }

    private final List<Measure> all;

    private Measures(List<Measure> all) {
        this.all = all;
    }

    /** Lines that are no samples are passed over. */
    static Measures read(String page) {
        List<Measure> all = new ArrayList<>();
        page.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher m = LINE.matcher(line.strip());
            if (m.matches()) {
                Map<String, String> labels = new HashMap<>();
                Matcher pairs = LABEL.matcher(m.group(2) == null ? "" : m.group(2));
                while (pairs.find()) {
                    labels.put(pairs.group(1), pairs.group(2));
                }
                try {
                    all.add(new Measure(m.group(1), labels, Double.parseDouble(m.group(3))));
                } catch (NumberFormatException e) {
                    // Not a number that a sample could have.
                }
            }
        });
        return new Measures(all);
    }

    List<Measure> of(String name) {
        return all.stream().filter(measure -> measure.name().equals(name)).toList();
    }

    boolean has(String name) {
        return all.stream().anyMatch(measure -> measure.name().equals(name));
    }

    /** All samples of that name together. */
    double sum(String name) {
        return sum(name, measure -> true);
    }

    double sum(String name, Predicate<Measure> which) {
        return of(name).stream().filter(which).mapToDouble(Measure::value).sum();
    }
}
