package io.patchwar.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTableTest {
    private static final String META = "type\tmeta.ObjectMeta\n\tfinalizers\tset\t-\n";

    @Test
    void readsATypeThatIsMentionedBeforeItsOwnLines() throws IOException {
        KubernetesSchema schema = read("kind\t*\tThing\tx.Thing\n\ntype\tx.Thing\n\tmetadata\tvalue\tmeta.ObjectMeta\n"
                + "\tparts\tkeyed\tname,side=left\tx.Thing\n" + META);

        KubernetesSchema.Node parts = schema.root("v1", "Thing").field("parts");
        assertThat(parts.keys()).containsExactly("name", "side");
        assertThat(parts.keyDefault("side")).isEqualTo("left");
        assertThat(parts.item().field("parts")).isSameAs(parts);
    }

    @Test
    void leavesWhatTheOpenApiKeysItselfAsItIs() throws IOException {
        KubernetesSchema schema = read("kind\tg/*\tThing\tx.Thing\ntype\tx.Thing\n\tconditions\tkeyed\tid\t-\n"
                + "\ttaints\tset\t-\n\tparents\titems\tquantity\n" + META);

        KubernetesSchema.Node root = schema.root("g/v1", "Thing");
        assertThat(root.field("conditions").keys()).containsExactly("id");
        assertThat(root.field("taints").list()).isEqualTo(ListKind.SET);
        assertThat(root.field("parents").keys()).containsExactly("controllerName", "parentRef");
        assertThat(root.field("parents").item().quantity()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what\tis\tthis",
                "kind\t*\tThing",
                "type",
                "\tspec\tvalue\t-",
                META + "\tspec\tvalue",
                META + "\tspec\tkeyed\tname",
                META + "\tspec\tbag\t-",
                META + "\tsp\u00e9c\tvalue\t-\ntype\tx.End"
            })
    void refusesALineThatIsNone(String table) {
        assertThatThrownBy(() -> read(table))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("line ");
    }

    @Test
    void refusesATypeThatIsMissing() {
        assertThatThrownBy(() -> read(META + "\tspec\tvalue\tx.Spec\n")).hasMessageContaining("x.Spec");
        assertThatThrownBy(() -> read("")).hasMessageContaining("meta.ObjectMeta");
    }

    @Test
    void refusesATypeThatIsDefinedTwice() {
        assertThatThrownBy(() -> read(META + META)).hasMessageContaining("twice: meta.ObjectMeta");
    }

    private static KubernetesSchema read(String table) throws IOException {
        return SchemaTable.read(new StringReader(table));
    }
}
