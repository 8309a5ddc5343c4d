package io.patchwar.model.words;

import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field's value as a person recognises it: of a list of objects their addresses, host names or names, of everything else
 * the beginning. Safe to show. Stateless.
 */
public final class ShownValue {
    /** How a war names the lack of a value among those that a contender insists on. */
    public static final String ABSENT = "(absent)";

    private static final List<String> TELLING = List.of("ip", "hostname", "name", "key", "type", "host");
    private static final int MOST_ITEMS = 8;
    private static final int LEAD = 12;

    private ShownValue() {}

    /**
     * @param text canonical text of the value, null for none
     * @param most longest answer, in characters, at least 16
     */
    public static String of(@Nullable String text, int most) {
        if (text == null || text.equals(ABSENT)) {
            return "nothing";
        }
        if (text.isEmpty()) {
            return "\"\"";
        }
        String items = text.startsWith("[{") ? items(text) : null;
        return SafeText.of(items != null ? items : text, most);
    }

    /**
     * Values shown beside one another: those that differ look different, as far as what is known of them allows.
     *
     * @return as many as were given, in their order
     */
    public static List<String> apart(List<String> texts, int most) {
        List<String> shown = texts.stream().map(text -> of(text, most)).toList();
        if (areApart(texts, shown)) {
            return shown;
        }
        List<String> plain = texts.stream().map(text -> SafeText.of(text, most)).toList();
        if (areApart(texts, plain)) {
            return plain;
        }
        int same = Math.max(0, sharedBeginning(texts) - LEAD);
        return texts.stream()
                .map(text -> SafeText.of("…" + text.substring(Math.min(same, text.length())), most))
                .toList();
    }

    private static boolean areApart(List<String> texts, List<String> shown) {
        return new HashSet<>(shown).size() == new HashSet<>(texts).size();
    }

    private static int sharedBeginning(List<String> texts) {
        String first = texts.get(0);
        int shared = first.length();
        for (String text : texts) {
            int n = Math.min(shared, text.length());
            int i = 0;
            while (i < n && text.charAt(i) == first.charAt(i)) {
                i++;
            }
            // The same value twice says nothing about where the others part.
            shared = text.equals(first) ? shared : i;
        }
        return shared;
    }

    /** What tells the items of a list of objects apart; null where one of them has nothing of the kind. */
    private static @Nullable String items(String json) {
        try {
            List<String> shown = new ArrayList<>();
            Members items = new Members(Slice.of(json.getBytes(StandardCharsets.UTF_8)));
            int more = 0;
            while (items.next()) {
                String telling = telling(items.value());
                if (telling == null) {
                    return null;
                }
                if (shown.size() < MOST_ITEMS) {
                    shown.add(telling);
                } else {
                    more++;
                }
            }
            String all = String.join(", ", shown);
            return more == 0 ? all : all + " and " + more + " more";
        } catch (MalformedJsonException e) {
            return null; // cut short when it was recorded
        }
    }

    private static @Nullable String telling(Slice item) {
        if (!item.isObject()) {
            return null;
        }
        for (String key : TELLING) {
            String text = Members.text(item, key);
            if (text != null && !text.isEmpty()) {
                return text;
            }
        }
        return null;
    }
}
