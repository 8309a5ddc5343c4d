package io.patchwar.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.Part;
import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is found by comparing bytes is what is found by reading every member, whatever the two objects look like. */
class SideBySideTest {
    private static final String[] KEYS = {
        "metadata",
        "spec",
        "status",
        "labels",
        "uid",
        "ports",
        "a",
        "b.c",
        "esc\\\"aped",
        "é",
        "conditions",
        "resourceVersion"
    };

    private final KubernetesSchema schema = KubernetesSchema.shipped();
    private final Canonical canonical = new Canonical(DigestKey.of(new byte[16]));
    private final Node root = schema.root("v1", "Service");

    @Test
    void findsTheDifferencesThatReadingEverythingFinds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Differ differ = new Differ(canonical, root);
        for (int round = 0; round < 20_000; round++) {
            String before = object(random, 0);
            String after = mutated(before, random);
            List<String> found = diff(differ, before, after);
            // Blanks end the comparison of bytes at the first member.
            List<String> read = diff(differ, spaced(before), spaced(after));
            assertThat(new TreeSet<>(found))
                    .as("seed %d\n%s\n%s", seed, before, after)
                    .isEqualTo(new TreeSet<>(read));
        }
    }

    @Test
    void findsWhatWasAskedAndNotStoredAsReadingEverythingDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AskedNotStored asked = new AskedNotStored(canonical, root);
        for (int round = 0; round < 20_000; round++) {
            String request = object(random, 0);
            String stored = mutated(request, random);
            Part part = random.nextInt(3) == 0 ? Part.STATUS : Part.MAIN;
            List<String> found = refused(asked, request, stored, part);
            List<String> read = refused(asked, spaced(request), spaced(stored), part);
            assertThat(new TreeSet<>(found))
                    .as("seed %d\n%s\n%s", seed, request, stored)
                    .isEqualTo(new TreeSet<>(read));
        }
    }

    @Test
    void readsNothingBehindTheLastDifference() {
        // What follows is no JSON at all, and nobody notices.
        String same = "\"spec\":{{{]";
        Differ differ = new Differ(canonical, root);
        assertThat(diff(differ, "{\"a\":1," + same + "}", "{\"a\":2," + same + "}"))
                .containsExactly("a 1 2");
    }

    @Test
    void passesOverManagedFieldsThatOnlyTheOtherHas() {
        String before = "{\"metadata\":{\"name\":\"x\",\"labels\":{\"a\":\"1\"}},\"spec\":{\"b\":1}}";
        String after =
                "{\"metadata\":{\"name\":\"x\",\"labels\":{\"a\":\"2\"},\"managedFields\":[{\"z\":1}]},\"spec\":{\"b\":2}}";
        Differ differ = new Differ(canonical, root);
        assertThat(diff(differ, before, after)).containsExactly("metadata.labels.a 1 2", "spec.b 1 2");
        assertThat(differ.walk().parted()).isFalse();
        assertThat(after.substring(differ.walk().managedFrom(), differ.walk().managedTo()))
                .isEqualTo(",\"managedFields\":[{\"z\":1}]");
    }

    @Test
    void tellsANumberFromOneThatGoesOn() {
        Differ differ = new Differ(canonical, root);
        assertThat(diff(differ, "{\"a\":1,\"b\":1}", "{\"a\":12,\"b\":1}")).containsExactly("a 1 12");
        assertThat(diff(differ, "{\"a\":12}", "{\"a\":1}")).containsExactly("a 12 1");
        assertThat(diff(differ, "{\"a\":1}", "{\"a\":1,\"b\":2}")).containsExactly("b  2");
    }

    private List<String> diff(Differ differ, String before, String after) {
        List<String> found = new ArrayList<>();
        for (Difference d : differ.diff(Slice.of(before), Slice.of(after), root, false, Canonical.Disclosure.PLAIN)) {
            found.add(d.path() + " " + d.from().text() + " " + d.to().text());
        }
        return found;
    }

    private List<String> refused(AskedNotStored asked, String request, String stored, Part part) {
        List<String> found = new ArrayList<>();
        for (Refusal r : asked.compare(
                RequestKind.WHOLE,
                Slice.of(request),
                Slice.of(stored),
                part,
                root,
                false,
                Canonical.Disclosure.PLAIN)) {
            found.add(r.path() + " " + r.asked().text() + " " + r.stored().text());
        }
        return found;
    }

    private static String object(Random random, int depth) {
        StringBuilder out = new StringBuilder("{");
        List<String> keys = new ArrayList<>(List.of(KEYS));
        for (int i = random.nextInt(5); i > 0; i--) {
            String key = keys.remove(random.nextInt(keys.size()));
            out.append(out.length() > 1 ? "," : "").append('"').append(key).append("\":");
            out.append(value(random, depth + 1));
        }
        return out.append('}').toString();
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 9)) {
            case 0 -> String.valueOf(random.nextInt(200));
            case 1 -> "\"" + "xy\\n".repeat(random.nextInt(3)) + random.nextInt(20) + "\"";
            case 2 -> random.nextBoolean() ? "null" : "true";
            case 3 -> "\"\"";
            case 4 -> "1.5";
            case 5 -> "[" + random.nextInt(3) + ",{\"port\":" + random.nextInt(3) + "}]";
            case 6 -> "[{\"type\":\"A\",\"status\":\"" + random.nextInt(2) + "\"},{\"type\":\"B\"}]";
            default -> object(random, depth);
        };
    }

    /** Some values changed, members taken out or put in, at any depth: by the text alone, so that nothing is too strange. */
    private static String mutated(String json, Random random) {
        String text = json;
        for (int i = random.nextInt(4); i > 0; i--) {
            int colon = text.indexOf(':', random.nextInt(text.length()));
            if (colon < 0) {
                continue;
            }
            int end = JsonScan.endOf(
                    Slice.of(text).bytes(),
                    bytes(text, colon + 1),
                    Slice.of(text).length());
            String after =
                    new String(Slice.of(text).bytes(), end, Slice.of(text).length() - end, StandardCharsets.UTF_8);
            String more = random.nextInt(3) == 0 ? ",\"new" + random.nextInt(3) + "\":" + value(random, 3) : "";
            text = text.substring(0, colon + 1) + value(random, 2) + more + after;
        }
        return text;
    }

    private static int bytes(String text, int chars) {
        return Slice.of(text.substring(0, chars)).length();
    }

    private static String spaced(String json) {
        return "{ " + json.substring(1);
    }
}
