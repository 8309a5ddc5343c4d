package io.patchwar.processor.board;

import io.patchwar.detection.WarId;
import io.patchwar.model.Evidence;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.War;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The field that a war was first fought over. A war's fields are listed in order of their paths, and one that joins later
 * may come first there; as a label it would make a second alert of the same war. The id was made of the first field and the
 * first reversal, which the evidence keeps: so the id itself tells. Stateless.
 */
public final class FirstField {
    private FirstField() {}

    /** Null where the war's class knows no field. */
    public static @Nullable String of(War war) {
        List<String> fields = war.fields();
        if (fields.size() < 2) {
            return fields.isEmpty() ? null : fields.get(0);
        }
        ObjectRef o = war.object();
        for (Evidence evidence : war.evidence()) {
            for (String field : fields) {
                String id = WarId.hash(
                        o.cluster(), o.group(), o.resource(), o.namespace(), o.name(), field, evidence.auditID());
                if (id.equals(war.id())) {
                    return field;
                }
            }
        }
        return war.evidence().stream()
                .map(Evidence::field)
                .filter(field -> field != null && fields.contains(field))
                .findFirst()
                .orElse(fields.get(0));
    }
}
