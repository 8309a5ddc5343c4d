package io.patchwar.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.fields.KubernetesSchema.Node;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class NodesByNameTest {
    @RepeatedTest(20)
    void findsWhatAMapFindsAndNothingElse() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, Node> fields = new HashMap<>();
        int size = random.nextInt(40);
        for (int i = 0; i < size; i++) {
            fields.put(name(random, "ab"), node());
        }
        NodesByName found = new NodesByName(fields);

        for (int i = 0; i < 2_000; i++) {
            // Few letters and short names: many hits, many collisions; é and € are two and three bytes.
            String name = name(random, "abé€");
            byte[] text = ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
            assertThat(found.find(name)).as(name).isSameAs(fields.get(name));
            assertThat(found.find(text, 1, text.length - 1)).as(name).isSameAs(fields.get(name));
        }
    }

    @Test
    void tellsNamesOfOneHashApart() {
        Map<String, Node> fields = Map.of("Aa", node(), "BB", node());
        NodesByName found = new NodesByName(fields);

        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(found.find("Aa")).isSameAs(fields.get("Aa"));
        assertThat(found.find("BB")).isSameAs(fields.get("BB"));
    }

    @Test
    void findsNothingAmongNothing() {
        assertThat(NodesByName.NONE.find("")).isNull();
        assertThat(NodesByName.NONE.find("a")).isNull();
        assertThat(NodesByName.NONE.find(new byte[] {'a'}, 0, 1)).isNull();
    }

    private static String name(Random random, String letters) {
        StringBuilder name = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            name.append(letters.charAt(random.nextInt(letters.length())));
        }
        return name.toString();
    }

    private static Node node() {
        return new Node(ListKind.ATOMIC, List.of(), List.of(), Node.Leaf.ORDINARY);
    }
}
