package io.patchwar.watch;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Outcome;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.ArrayList;
import java.util.List;

/** What a {@code deletecollection} deleted: one delete for each item of its reply's list. */
final class DeletedCollection {
    private DeletedCollection() {}

    /** Whether something was deleted and nobody can tell what, for want of a list. */
    static boolean isUnlisted(AuditEvent event) {
        return event.outcome() == Outcome.ACCEPTED && Members.find(event.response(), "items") == null;
    }

    /**
     * The deletes, none where the request was not accepted or has no list.
     *
     * @throws MalformedJsonException if the list is no JSON
     */
    static List<AuditEvent> deletes(AuditEvent event) {
        List<AuditEvent> deletes = new ArrayList<>();
        Slice items = Members.find(event.response(), "items");
        if (event.outcome() != Outcome.ACCEPTED || items == null) {
            return deletes;
        }
        ObjectRef all = event.object();
        Members m = new Members(items);
        while (m.next()) {
            Slice metadata = Members.find(m.value(), "metadata");
            String name = Members.text(metadata, "name");
            if (name != null) {
                String namespace = Members.text(metadata, "namespace");
                ObjectRef item = new ObjectRef(
                        all.cluster(), all.group(), all.resource(), namespace == null ? "" : namespace, name);
                deletes.add(event.deletionOf(item, Members.text(metadata, "uid")));
            }
        }
        return deletes;
    }
}
