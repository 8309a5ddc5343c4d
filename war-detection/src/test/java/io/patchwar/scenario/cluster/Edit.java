package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of one field, before it is put into the words of a write style.
 *
 * @param to the value to set, or null to take the field away
 */
public record Edit(FieldAddress at, @Nullable JsonNode to) {

    static void apply(List<Edit> edits, ObjectNode tree) {
        for (Edit edit : edits) {
            if (edit.to() == null) {
                edit.at().remove(tree);
            } else {
                edit.at().set(tree, edit.to().deepCopy());
            }
        }
    }
}
