package io.patchwar.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a query asks for: metrics by name, and labels. It reads the PromQL that ships here, not all there is. */
record PromQl(String query) {
    /** A metric, with the labels that it is chosen by. */
    record Selector(String metric, Set<String> labels) {}

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern OFFSET = Pattern.compile("\\boffset\\s+\\w+");
    private static final Pattern NUMBER = Pattern.compile("\\b\\d[\\w.]*");
    private static final Pattern NAME = Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*(\\(|\\{([^}]*)})?");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "inf", "nan");

    private String bare() {
        Matcher values = LABEL_VALUES.matcher(query);
        String text = STRING.matcher(values.matches() ? values.group(1) : query).replaceAll("\"\"");
        text = GROUPING.matcher(text).replaceAll("");
        text = OFFSET.matcher(RANGE.matcher(text).replaceAll("")).replaceAll("");
        return NUMBER.matcher(text).replaceAll("0");
    }

    List<Selector> selectors() {
        List<Selector> selectors = new ArrayList<>();
        Matcher name = NAME.matcher(bare());
        while (name.find()) {
            boolean function = name.group(2) != null && name.group(2).equals("(");
            if (!function && !KEYWORDS.contains(name.group(1))) {
                selectors.add(new Selector(
                        name.group(1), names(name.group(3) == null ? "" : name.group(3), "(\\w+)\\s*(?:=~|!~|!=|=)")));
            }
        }
        return selectors;
    }

    /** Labels that the query groups by, and the one that {@code label_values} asks for. */
    Set<String> groupedBy() {
        Set<String> labels = new TreeSet<>();
        Matcher grouping = GROUPING.matcher(STRING.matcher(query).replaceAll("\"\""));
        while (grouping.find()) {
            labels.addAll(names(grouping.group(1), "(\\w+)"));
        }
        Matcher values = LABEL_VALUES.matcher(query);
        if (values.matches()) {
            labels.add(values.group(2));
        }
        return labels;
    }

    /** Labels that the outermost aggregation keeps. */
    Set<String> kept() {
        Matcher grouping = GROUPING.matcher(query);
        return grouping.find() ? names(grouping.group(1), "(\\w+)") : Set.of();
    }

    private static Set<String> names(String text, String regex) {
        Set<String> names = new TreeSet<>();
        Matcher name = Pattern.compile(regex).matcher(text);
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }
}
