package io.patchwar.fields;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Questions about the bodies of events: which is the object itself, what to keep of it. */
final class Bodies {
    /** Replies that are about the object without being it. */
    private static final Set<String> NOT_THE_OBJECT = Set.of(
            "Status", "Table", "PartialObjectMetadata", "PartialObjectMetadataList", "Scale", "DeleteOptions", "List");

    private Bodies() {}

    /** Whether a body is the object, and not a report about it. */
    static boolean isObjectItself(@Nullable Slice body, TypeMeta type) {
        return body != null && body.isObject() && (type.kind() == null || !NOT_THE_OBJECT.contains(type.kind()));
    }

    static boolean isScale(TypeMeta type) {
        return "Scale".equals(type.kind());
    }

    static boolean isSecret(AuditEvent event) {
        return event.object().resource().equals("secrets")
                && event.object().group().isEmpty();
    }

    /** Keeps the body without its managedFields, which say nothing about the object and are half of it. */
    static void keep(Slice body, ObjectState state) {
        Members managed = managedFields(body);
        if (managed == null) {
            state.keep(body);
        } else {
            state.keepWithout(body, cutFrom(managed), cutTo(managed));
        }
    }

    /** A copy to keep: likewise without managedFields. */
    static byte[] stored(Slice body) {
        byte[] b = body.bytes();
        Members managed = managedFields(body);
        if (managed == null) {
            return Arrays.copyOfRange(b, body.from(), body.to());
        }
        int cutFrom = cutFrom(managed);
        int cutTo = cutTo(managed);
        byte[] kept = new byte[body.length() - (cutTo - cutFrom)];
        System.arraycopy(b, body.from(), kept, 0, cutFrom - body.from());
        System.arraycopy(b, cutTo, kept, cutFrom - body.from(), body.to() - cutTo);
        return kept;
    }

    /** A walk that stands on the body's managedFields; null if it has none. */
    private static @Nullable Members managedFields(Slice body) {
        Slice metadata = Members.first(body, "metadata");
        if (metadata == null) {
            return null;
        }
        Members m = new Members(metadata);
        while (m.next()) {
            if (m.keyIs("managedFields")) {
                return m;
            }
        }
        return null;
    }

    /** Where the member begins, with the comma before it if none follows. */
    private static int cutFrom(Members m) {
        byte[] b = m.bytes();
        int from = m.keyFrom() - 1;
        return b[m.valueTo()] != ',' && b[from - 1] == ',' ? from - 1 : from;
    }

    private static int cutTo(Members m) {
        return m.bytes()[m.valueTo()] == ',' ? m.valueTo() + 1 : m.valueTo();
    }

    /** Whether an owner controls the object: putting it back is that owner's duty. */
    static boolean isControlled(@Nullable Slice metadata) {
        Slice owners = Members.first(metadata, "ownerReferences");
        if (owners == null) {
            return false;
        }
        Members m = new Members(owners);
        while (m.next()) {
            Slice controller = Members.first(m.value(), "controller");
            if (controller != null && controller.raw().equals("true")) {
                return true;
            }
        }
        return false;
    }

    static boolean hasFinalizers(Slice body) {
        return Canonical.orAbsent(Members.first(Members.first(body, "metadata"), "finalizers")) != null
                || Canonical.orAbsent(Members.first(Members.first(body, "spec"), "finalizers")) != null;
    }

    static boolean isTerminating(Slice body) {
        return Canonical.orAbsent(Members.first(Members.first(body, "metadata"), "deletionTimestamp")) != null;
    }

    /** Whether a deleted object is still there: its finalizers, or the grace given to its containers, hold it. */
    static boolean outlivesDelete(Slice body) {
        Slice grace = Members.first(Members.first(body, "metadata"), "deletionGracePeriodSeconds");
        boolean waits = grace != null && grace.isNumber() && !grace.raw().equals("0");
        return isTerminating(body) && (waits || hasFinalizers(body));
    }
}
