package io.patchwar.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.fields.Canonical.Disclosure;
import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldValue;
import io.patchwar.model.json.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A value that is found again is the one that would be made. */
class ValuesTest {
    private static final KubernetesSchema SCHEMA = KubernetesSchema.shipped();
    private static final Node PLAIN = SCHEMA.root("v1", "Service").field("spec").field("type");
    private static final Node QUANTITY = SCHEMA.root("v1", "PersistentVolumeClaim")
            .field("spec")
            .field("resources")
            .field("requests")
            .field("storage");

    private static final List<Disclosure> DISCLOSURES = List.of(Disclosure.PLAIN, Disclosure.BRIEF, Disclosure.DIGEST);

    private final DigestKey key = DigestKey.of(new byte[16]);
    private final Canonical remembering = new Canonical(key);

    @Test
    void saysOfEveryValueWhatASearchWithoutMemorySays() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Slice slice = Slice.of(json(random));
            Disclosure disclosure = DISCLOSURES.get(random.nextInt(DISCLOSURES.size()));

            assertThat(remembering.value(slice, PLAIN, disclosure))
                    .isEqualTo(new Canonical(key).value(slice, PLAIN, disclosure));
        }
    }

    @Test
    void makesAValueThatComesAgainOnce() {
        FieldValue first = remembering.value(Slice.of("\"2026-11-23T08:00:00Z\""), PLAIN, Disclosure.PLAIN);

        assertThat(remembering.value(Slice.of("\"2026-11-23T08:00:00Z\""), PLAIN, Disclosure.PLAIN))
                .isSameAs(first);
    }

    @Test
    void keepsApartWhatTheSchemaOrTheDisclosureTellsApart() {
        Slice slice = Slice.of("\"1024Mi\"");
        FieldValue text = remembering.value(slice, PLAIN, Disclosure.PLAIN);
        FieldValue quantity = remembering.value(slice, QUANTITY, Disclosure.PLAIN);
        FieldValue digest = remembering.value(slice, PLAIN, Disclosure.DIGEST);

        assertThat(quantity.same(remembering.value(Slice.of("\"1Gi\""), QUANTITY, Disclosure.PLAIN)))
                .isTrue();
        assertThat(text.same(quantity)).isFalse();
        assertThat(digest.text()).startsWith("digest:");
        assertThat(text.text()).isEqualTo("1024Mi");
    }

    @Test
    void writesMembersOfAnyNumberInOneOrder() {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            members.add("\"k" + i + "\":" + i);
            String ordered = new Canonical(key)
                    .value(object(members), PLAIN, Disclosure.PLAIN)
                    .text();
            List<String> shuffled = new ArrayList<>(members);
            Collections.shuffle(shuffled, new Random(i));

            assertThat(new Canonical(key)
                            .value(object(shuffled), PLAIN, Disclosure.PLAIN)
                            .text())
                    .isEqualTo(ordered);
        }
    }

    @Test
    void takesTheLastOfANameThatIsGivenTwice() {
        for (int others : new int[] {0, 10, 40}) {
            StringBuilder json = new StringBuilder("{\"b\":1,\"a\":2");
            for (int i = 0; i < others; i++) {
                json.append(",\"c").append(i).append("\":0");
            }
            String text = new Canonical(key)
                    .value(Slice.of(json + ",\"b\":3}"), PLAIN, Disclosure.PLAIN)
                    .text();

            assertThat(text).startsWith("{\"a\":2,\"b\":3");
        }
    }

    @Test
    void saysOfALongTextItsBeginningAndHowLongItIs() {
        for (int length : new int[] {399, 400, 401, 4_000}) {
            String whole = "x".repeat(length);
            String escaped = "\\n" + "x".repeat(length - 1);
            String shown = length <= 400 ? whole : "x".repeat(400) + "… (" + length + " characters)";

            assertThat(text("\"" + whole + "\"")).isEqualTo(shown);
            assertThat(text("\"" + escaped + "\"")).isEqualTo(shown.replaceFirst("x", "\n"));
        }
        assertThat(text("\"" + "x".repeat(399) + "\uD83D\uDE00\"")).isEqualTo("x".repeat(399) + "… (401 characters)");
    }

    @Test
    void saysOfALongListTheBeginningOfItsWholeText() {
        Random random = new Random(5);
        for (int items = 1; items < 120; items++) {
            StringBuilder json = new StringBuilder("[");
            for (int i = 0; i < items; i++) {
                String item = random.nextInt(4) == 0
                        ? "\"\\u00e4" + i + "\""
                        : "{\"ip\":\"10.0.0." + random.nextInt(50) + "\"}";
                json.append(i == 0 ? "" : ",").append(item);
            }
            String canonical = json.append(']').toString().replace("\\u00e4", "ä");
            int length = canonical.length();
            String shown = length <= 400 ? canonical : canonical.substring(0, 400) + "… (" + length + " characters)";

            assertThat(text(json.toString())).isEqualTo(shown);
        }
    }

    @Test
    void tellsListsApartByTheirItemsAndTheirOrder() {
        String one = "{\"ip\":\"" + "1".repeat(90) + "\"}";
        String two = "{\"ip\":\"" + "2".repeat(90) + "\"}";
        String many = String.join(",", Collections.nCopies(9, one));
        FieldValue before = plain("[" + many + "," + one + "," + two + "]");
        FieldValue turned = plain("[" + many + "," + two + "," + one + "]");

        assertThat(before.same(turned)).isFalse();
        assertThat(before.differsOnlyInOrder(turned)).isTrue();
        assertThat(plain("[" + many + "," + one + "]").same(plain("[" + many + "," + two + "]")))
                .isFalse();
        assertThat(plain("[" + many + "," + one + "]").differsOnlyInOrder(plain("[" + many + "," + two + "]")))
                .isFalse();
        assertThat(plain("[ " + many.replace(":", " : ") + " ]").same(plain("[" + many + "]")))
                .isTrue();
    }

    private FieldValue plain(String json) {
        return remembering.value(Slice.of(json), PLAIN, Disclosure.PLAIN);
    }

    private String text(String json) {
        return plain(json).text();
    }

    private static Slice object(List<String> members) {
        return Slice.of("{" + String.join(",", members) + "}");
    }

    private static String json(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "\"text " + random.nextInt(300) + "\"";
            case 1 -> String.valueOf(random.nextInt(300));
            case 2 -> "[{\"ip\":\"10.0.0." + random.nextInt(100) + "\"},{\"b\":1,\"a\":" + random.nextInt(3) + "}]";
            default -> "{\"x\":\"\\u00e4" + random.nextInt(50) + "\",\"n\":1." + random.nextInt(10) + "}";
        };
    }
}
