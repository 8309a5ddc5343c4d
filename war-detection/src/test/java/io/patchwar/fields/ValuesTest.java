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
