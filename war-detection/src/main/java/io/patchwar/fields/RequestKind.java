package io.patchwar.fields;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.json.EightBytes;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.Set;

/**
 * How a request says what it wants. Patches all look alike in an audit event, which does not record their content type;
 * this tells them apart as far as that can be done (facts: {@code audit-events} 2.2).
 */
enum RequestKind {
    /** A whole object: create or PUT. */
    WHOLE,
    /** RFC 6902. */
    JSON_PATCH,
    /** RFC 7386: lists are replaced whole. */
    MERGE,
    /** Kubernetes' own: lists by merge key, directives. */
    STRATEGIC,
    /** Merge or strategic, nothing tells which. */
    MERGE_OR_STRATEGIC,
    /** Server-side apply. */
    APPLY;

    private static final Set<String> BUILT_IN = Set.of("", "apps", "batch", "autoscaling", "policy", "extensions");

    /** Groups of custom resources that end like built-in ones. */
    private static final Set<String> CUSTOM = Set.of(
            "gateway.networking.k8s.io",
            "snapshot.storage.k8s.io",
            "metrics.k8s.io",
            "autoscaling.k8s.io",
            "inference.networking.k8s.io",
            "x-k8s.io");

    private static final long DOLLARS = EightBytes.pattern('$');

    static RequestKind of(AuditEvent event, Slice body) {
        if (event.verb() != Verb.PATCH) {
            return WHOLE;
        }
        if (body.isArray()) {
            return JSON_PATCH;
        }
        boolean builtIn = isBuiltIn(event.object().group());
        if (event.force()) {
            return APPLY;
        }
        if (builtIn && mentionsDirective(body) && hasDirective(body, 0)) {
            return STRATEGIC;
        }
        if (event.fieldManager() != null && looksApplied(body)) {
            return APPLY;
        }
        return builtIn ? MERGE_OR_STRATEGIC : MERGE;
    }

    /** An applied object names its type, and no managedFields: the API server refuses those in an apply. */
    private static boolean looksApplied(Slice body) {
        if (!body.isObject()) {
            return false;
        }
        boolean version = false;
        boolean kind = false;
        Slice metadata = null;
        Members m = new Members(body);
        while (m.next()) {
            version |= m.keyIs("apiVersion");
            kind |= m.keyIs("kind");
            metadata = m.keyIs("metadata") ? m.value() : metadata;
        }
        return version
                && kind
                && Members.find(metadata, "managedFields") == null
                && Members.find(metadata, "resourceVersion") == null;
    }

    /** Whether the group is one of Kubernetes itself, whose objects have Go types that patches are decoded into. */
    static boolean isBuiltIn(String group) {
        return BUILT_IN.contains(group)
                || (group.endsWith(".k8s.io") && !CUSTOM.contains(group) && !group.endsWith(".x-k8s.io"));
    }

    /** Whether any string begins with a dollar sign, as all directives do. */
    private static boolean mentionsDirective(Slice body) {
        byte[] b = body.bytes();
        int i = body.from() + 1;
        while (i < body.to()) {
            if (i <= body.to() - Long.BYTES) {
                long found = EightBytes.zeros(EightBytes.at(b, i) ^ DOLLARS);
                if (found == 0) {
                    i += Long.BYTES;
                    continue;
                }
                i += EightBytes.first(found);
            }
            if (b[i] == '$' && b[i - 1] == '"') {
                return true;
            }
            i++;
        }
        return false;
    }

    private static boolean hasDirective(Slice value, int depth) {
        if (depth > 50) {
            return false;
        }
        Members m = new Members(value);
        while (m.next()) {
            if (value.isObject() && isDirective(m)) {
                return true;
            }
            Slice inner = m.value();
            if ((inner.isObject() || inner.isArray()) && hasDirective(inner, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDirective(Members m) {
        return m.keyTo() > m.keyFrom() && m.bytes()[m.keyFrom()] == '$' && isDirective(m.key());
    }

    /** Whether a member's name is an instruction of a strategic merge patch. */
    static boolean isDirective(String name) {
        return name.equals("$patch")
                || name.equals("$retainKeys")
                || name.startsWith("$setElementOrder/")
                || name.startsWith("$deleteFromPrimitiveList/");
    }
}
