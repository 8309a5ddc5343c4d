package io.patchwar.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.json.Slice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListItemsTest {
    private static final List<String> ITEMS = List.of(
            "{\"port\":80}",
            "{\"port\":80,\"protocol\":\"TCP\"}",
            "{\"port\":80,\"protocol\":null}",
            "{\"port\":80,\"protocol\":\"UDP\"}",
            "{\"protocol\":\"TCP\"}",
            "{\"name\":\"80\"}",
            "{\"name\":\"8\\u0030\"}",
            "{\"name\":80}",
            "{\"name\":null}",
            "{}",
            "[]",
            "80");

    /** With and without a default, and one key as well as several. */
    private static final List<Node> LISTS = List.of(list("Service", "ports"), list("Pod", "containers"));

    private static Node list(String kind, String name) {
        return KubernetesSchema.shipped().root("v1", kind).field("spec").field(name);
    }

    @Test
    void knowAnItemByItsKeysAsIfTheyWereMade() {
        for (Node list : LISTS) {
            for (String other : ITEMS) {
                Map<String, String> keys = ListItems.keyOf(Slice.of(other), list);
                for (String item : ITEMS) {
                    Slice slice = Slice.of(item);
                    Map<String, String> wanted = keys == null ? Map.of() : keys;

                    assertThat(ListItems.hasKeys(slice, list, wanted))
                            .as("%s with the keys of %s", item, other)
                            .isEqualTo(wanted.equals(ListItems.keyOf(slice, list)));
                }
            }
        }
    }

    @Test
    void knowNoItemByKeysThatTheListDoesNotHave() {
        assertThat(ListItems.hasKeys(Slice.of("{\"name\":\"a\"}"), LISTS.get(1), Map.of("name", "a", "ip", "b")))
                .isFalse();
        assertThat(ListItems.hasKeys(Slice.of("{\"name\":\"a\"}"), LISTS.get(1), Map.of("ip", "a")))
                .isFalse();
    }
}
