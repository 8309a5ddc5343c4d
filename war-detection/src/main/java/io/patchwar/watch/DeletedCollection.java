package io.patchwar.watch;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Outcome;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.ArrayList;
import java.util.List;

/** A {@code deletecollection} as what it is: a delete of each object that its reply lists. Stateless. */
public final class DeletedCollection {
    private DeletedCollection() {}

    /** Whether the collection was deleted and nobody can tell what was in it. */
    public static boolean isUnlisted(AuditEvent event) {
        return event.outcome() == Outcome.ACCEPTED && Members.find(event.response(), "items") == null;
    }

    /**
     * The deletes; none where the collection was not deleted or the reply lists nothing.
     *
     * @throws MalformedJsonException if the list is no JSON
     */
    public static List<AuditEvent> items(AuditEvent event) {
        Slice items = Members.find(event.response(), "items");
        if (event.outcome() != Outcome.ACCEPTED || items == null) {
            return List.of();
        }
        List<AuditEvent> deletes = new ArrayList<>();
        Members m = new Members(items);
        while (m.next()) {
            Slice metadata = Members.find(m.value(), "metadata");
            String name = Members.text(metadata, "name");
            if (name != null) {
                String namespace = Members.text(metadata, "namespace");
                ObjectRef all = event.object();
                ObjectRef item = new ObjectRef(
                        all.cluster(), all.group(), all.resource(), namespace == null ? "" : namespace, name);
                deletes.add(event.deletionOf(item, Members.text(metadata, "uid")));
            }
        }
        return deletes;
    }
}
