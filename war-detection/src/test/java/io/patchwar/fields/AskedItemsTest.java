package io.patchwar.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.fields.Canonical.Disclosure;
import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.Part;
import io.patchwar.model.json.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Items of a keyed list that a request asks for, held against those that were stored. Short lists are looked through, long ones are put
 * into a map; what nobody asked for makes a list long, and changes nothing else.
 */
class AskedItemsTest {
    private static final int MANY = 70;
    private static final Node ROOT = KubernetesSchema.shipped().root("v1", "Pod");
    private static final Node PORTS = KubernetesSchema.shipped().root("v1", "Service");

    private final AskedNotStored asked = new AskedNotStored(new Canonical(DigestKey.of(new byte[16])), ROOT);

    @Test
    void findsTheSameInShortListsAsInLongOnes() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            List<String> wanted = items(random);
            List<String> stored = items(random);
            List<String> more = new ArrayList<>(stored);
            for (int n = 0; n < MANY; n++) {
                more.add("{\"name\":\"unasked-" + n + "\",\"image\":\"x\"}");
            }

            assertThat(refusals(wanted, more)).as("seed " + seed).isEqualTo(refusals(wanted, stored));
        }
    }

    @Test
    void missesAnItemThatWasNotStored() {
        assertThat(refusals(List.of("{\"name\":\"a\",\"image\":\"1\"}"), List.of("{\"name\":\"b\",\"image\":\"1\"}")))
                .containsExactly("spec.containers[name=a]: present, not ");
    }

    @Test
    void leavesAnItemOutThatIsToBeRemoved() {
        assertThat(refusals(
                        List.of("{\"$patch\":\"delete\",\"name\":\"a\"}"), List.of("{\"name\":\"b\",\"image\":\"1\"}")))
                .isEmpty();
    }

    @Test
    void findsItemsByAllTheirKeysAndTheirDefaults() {
        Slice wanted = Slice.of(
                "{\"spec\":{\"ports\":[{\"port\":80,\"nodePort\":1},{\"port\":80,\"protocol\":\"UDP\",\"nodePort\":2}]}}");
        Slice stored = Slice.of("{\"spec\":{\"ports\":[{\"port\":80,\"protocol\":\"UDP\",\"nodePort\":3},"
                + "{\"port\":80,\"protocol\":\"TCP\",\"nodePort\":1}]}}");

        assertThat(refusals(wanted, stored, PORTS))
                .containsExactly("spec.ports[port=80,protocol=UDP].nodePort: 2, not 3");
    }

    @Test
    void takesOtherItemsInBetweenForNoRefusalAndAnotherOrderOfTheSameForOne() {
        String steps = "{\"spec\":{\"steps\":[%s]}}";
        Slice wanted = Slice.of(steps.formatted("{\"run\":\"a\"},{\"run\":\"b\"}"));

        assertThat(refusals(wanted, Slice.of(steps.formatted("{\"run\":\"b\"},{\"run\":\"c\"},{\"run\":\"a\"}")), ROOT))
                .isEmpty();
        assertThat(refusals(wanted, Slice.of(steps.formatted("{\"run\":\"b\"},{\"run\":\"a\"}")), ROOT))
                .hasSize(1);
        assertThat(refusals(wanted, Slice.of(steps.formatted("{\"run\":\"b\"},{\"run\":\"c\"}")), ROOT))
                .hasSize(1);
    }

    @Test
    void takesWhatGoLeavesOutForStoredInBuiltInKindsOnly() {
        Slice wanted = Slice.of("{\"spec\":{\"hostNetwork\":false,\"minReadySeconds\":0,\"nodeName\":\"\"},"
                + "\"metadata\":{\"labels\":{\"empty\":\"\"}}}");
        Slice stored = Slice.of("{\"spec\":{\"x\":1},\"metadata\":{\"labels\":{\"x\":\"1\"}}}");

        assertThat(refusals(wanted, stored, ROOT, true)).containsExactly("metadata.labels.empty: , not ");
        assertThat(refusals(wanted, stored, ROOT, false))
                .containsExactly(
                        "spec.hostNetwork: false, not ",
                        "spec.minReadySeconds: 0, not ",
                        "metadata.labels.empty: , not ");
    }

    @Test
    void leavesItToTheServerWhereAnEmptyTextOrANodePortOfNothingIsAsked() {
        Slice wanted =
                Slice.of("{\"spec\":{\"clusterIP\":\"\",\"replicas\":0,\"ports\":[{\"port\":80,\"nodePort\":0}]}}");
        Slice stored = Slice.of("{\"spec\":{\"clusterIP\":\"10.0.0.1\",\"replicas\":2,"
                + "\"ports\":[{\"port\":80,\"protocol\":\"TCP\",\"nodePort\":30080}]}}");

        assertThat(refusals(wanted, stored, PORTS, true)).containsExactly("spec.replicas: 0, not 2");
    }

    private List<String> refusals(List<String> wanted, List<String> stored) {
        return refusals(pod(wanted), pod(stored), ROOT);
    }

    private List<String> refusals(Slice wanted, Slice stored, Node root) {
        return refusals(wanted, stored, root, false);
    }

    private List<String> refusals(Slice wanted, Slice stored, Node root, boolean builtIn) {
        return asked.compare(RequestKind.STRATEGIC, wanted, stored, Part.MAIN, root, builtIn, Disclosure.PLAIN).stream()
                .map(r -> r.path() + ": " + r.asked().text() + ", not "
                        + r.stored().text())
                .toList();
    }

    private static Slice pod(List<String> containers) {
        return Slice.of("{\"spec\":{\"containers\":[" + String.join(",", containers) + "]}}");
    }

    /** A few containers of different names, in any order, with images that are often the same. */
    private static List<String> items(Random random) {
        List<String> items = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            if (random.nextInt(3) > 0) {
                String args = random.nextBoolean() ? "" : ",\"args\":[\"" + random.nextInt(2) + "\"]";
                items.add("{\"name\":\"" + name + "\",\"image\":\"" + random.nextInt(2) + "\"" + args + "}");
            }
        }
        Collections.shuffle(items, random);
        return items;
    }
}
