package io.patchwar.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldPath;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A path that was made before says what one that is made anew says. */
class PathsTest {
    private static final FieldPath SPEC = FieldPath.member(null, "spec");
    private static final String[] NAMES = {"a", "b", "ports", "x.y", "a\\u0062", "é", ""};

    private final Paths paths = new Paths();
    private final ItemPairs pairs = new ItemPairs();

    private static Node list(String kind, String name) {
        return KubernetesSchema.shipped().root("v1", kind).field("spec").field(name);
    }

    @Test
    void makesTheMemberOfEachParentOnce() {
        FieldPath made = member(SPEC, "a");

        assertThat(member(SPEC, "a")).isSameAs(made);
        assertThat(member(null, "a")).hasToString("a");
        assertThat(made).hasToString("spec.a");
    }

    @Test
    void makesTheItemOfEachListOnce() {
        FieldPath containers = FieldPath.member(SPEC, "containers");
        Node node = list("Pod", "containers");
        FieldPath made = item(containers, "{\"image\":\"1\",\"name\":\"web\"}", node);

        assertThat(item(containers, "{\"name\":\"web\"}", node))
                .isSameAs(made)
                .hasToString("spec.containers[name=web]");
        assertThat(item(FieldPath.member(SPEC, "initContainers"), "{\"name\":\"web\"}", node))
                .hasToString("spec.initContainers[name=web]");
    }

    @Test
    void tellsListsApartThatStandAtOnePathOfDifferentKinds() {
        FieldPath list = FieldPath.member(SPEC, "list");

        assertThat(item(list, "{\"name\":\"a\",\"ip\":\"a\"}", list("Pod", "containers")))
                .hasToString("spec.list[name=a]");
        assertThat(item(list, "{\"name\":\"a\",\"ip\":\"a\"}", list("Pod", "hostAliases")))
                .hasToString("spec.list[ip=a]");
        assertThat(item(list, "{\"port\":80}", list("Service", "ports")))
                .hasToString("spec.list[port=80,protocol=TCP]");
        assertThat(item(list, "{\"port\":80,\"protocol\":\"UDP\"}", list("Service", "ports")))
                .hasToString("spec.list[port=80,protocol=UDP]");
    }

    @Test
    void keepsNoNameThatIsLong() {
        String longest = "n".repeat(256);

        assertThat(member(SPEC, longest)).isSameAs(member(SPEC, longest));
        assertThat(member(SPEC, longest + "n"))
                .isNotSameAs(member(SPEC, longest + "n"))
                .hasToString("spec." + longest + "n");
    }

    @Test
    void saysTheSameWhateverItWasAskedBefore() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Node node = list("Pod", "containers");
        for (int round = 0; round < 20_000; round++) {
            FieldPath known = null;
            FieldPath plain = null;
            for (int depth = 0; depth < 3; depth++) {
                String name = NAMES[random.nextInt(NAMES.length)] + (random.nextBoolean() ? random.nextInt(900) : "");
                if (known != null && random.nextBoolean()) {
                    Slice item = Slice.of("{\"name\":\"" + name + "\"}");
                    plain = FieldPath.item(
                            Objects.requireNonNull(plain), Objects.requireNonNull(ListItems.keyOf(item, node)));
                    known = item(known, item.raw(), node);
                } else {
                    Members m = on(name);
                    plain = FieldPath.member(plain, m.key());
                    known = paths.member(known, m);
                }
                assertThat(known).as("seed %d", seed).hasToString(plain.toString());
                assertThat(known.keys()).as("seed %d", seed).isEqualTo(plain.keys());
            }
        }
    }

    private FieldPath member(@org.jspecify.annotations.Nullable FieldPath parent, String name) {
        return paths.member(parent, on(name));
    }

    private FieldPath item(FieldPath list, String json, Node node) {
        Slice item = Slice.of(json);
        return paths.item(list, Objects.requireNonNull(pairs.key(item, node)), item, node);
    }

    private static Members on(String name) {
        Members m = new Members(Slice.of("{\"" + name + "\":1}"));
        m.next();
        return m;
    }
}
