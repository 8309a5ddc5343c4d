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
    static boolean isObjectItself(@Nullable Slice body) {
        if (body == null || !body.isObject()) {
            return false;
        }
        String kind = Members.firstText(body, "kind");
        return kind == null || !NOT_THE_OBJECT.contains(kind);
    }

    static boolean isScale(@Nullable Slice body) {
        return body != null && "Scale".equals(Members.firstText(body, "kind"));
    }

    static boolean isSecret(AuditEvent event) {
        return event.object().resource().equals("secrets")
                && event.object().group().isEmpty();
    }

    /** A copy to keep: without managedFields, which say nothing about the object and are half of it. */
    static byte[] stored(Slice body) {
        byte[] b = body.bytes();
        Members root = new Members(body);
        while (root.next()) {
            if (!root.keyIs("metadata")) {
                continue;
            }
            Members metadata = new Members(root.value());
            while (metadata.next()) {
                if (metadata.keyIs("managedFields")) {
                    return withoutMember(body, metadata.keyFrom() - 1, metadata.valueTo());
                }
            }
            break;
        }
        return Arrays.copyOfRange(b, body.from(), body.to());
    }

    private static byte[] withoutMember(Slice body, int from, int to) {
        byte[] b = body.bytes();
        int cutFrom = from;
        int cutTo = to;
        if (b[to] == ',') {
            cutTo++;
        } else if (b[from - 1] == ',') {
            cutFrom--;
        }
        byte[] kept = new byte[body.length() - (cutTo - cutFrom)];
        System.arraycopy(b, body.from(), kept, 0, cutFrom - body.from());
        System.arraycopy(b, cutTo, kept, cutFrom - body.from(), body.to() - cutTo);
        return kept;
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
