package io.patchwar.fields;

import io.patchwar.fields.Canonical.Disclosure;
import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.Actor;
import io.patchwar.model.AskedChange;
import io.patchwar.model.Confidence;
import io.patchwar.model.FieldChange;
import io.patchwar.model.FieldChange.Owner;
import io.patchwar.model.FieldValue;
import io.patchwar.model.FieldValue.Shape;
import io.patchwar.model.ItemSums;
import io.patchwar.model.Kinds;
import io.patchwar.model.Part;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.json.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What bodies are compared with: the schema, the rules of equality, and how much of a value may be told. One thread. */
final class Comparison {
    private final KubernetesSchema schema = KubernetesSchema.shipped();
    private final Canonical canonical;
    private final Node anyRoot;
    private final Differ differ;
    private final AskedNotStored askedNotStored;
    private final boolean redact;
    private final DigestKey key;

    Comparison(DigestKey key, boolean redact) {
        this.canonical = new Canonical(key);
        this.anyRoot = schema.root("", "");
        this.differ = new Differ(canonical, anyRoot);
        this.askedNotStored = new AskedNotStored(canonical, anyRoot);
        this.redact = redact;
        this.key = key;
    }

    /** The differences, in the order in which they stand; {@code commonOnly} between two versions of one API. */
    List<Difference> differences(Slice before, Slice after, Node root, boolean commonOnly, AuditEvent event) {
        return differ.diff(before, after, root, commonOnly, disclosure(event));
    }

    /** How the last search for differences went. */
    SideBySide walk() {
        return differ.walk();
    }

    /** What the request asked for and the reply does not hold. */
    List<Refusal> refusals(
            @Nullable Slice request, RequestKind kind, Slice stored, Part part, Node root, AuditEvent event) {
        if (request == null) {
            return List.of();
        }
        return askedNotStored.compare(kind, request, stored, part, root, isBuiltIn(event), disclosure(event));
    }

    /**
     * Whether a difference between two requests is none between what was stored for them: the API server stores false, 0 and an
     * empty text by leaving them out, or chooses a value in their place.
     */
    boolean isNoneWhenStored(Difference d, AuditEvent event) {
        if (!isBuiltIn(event) || ZeroValue.isEntry(d.path())) {
            return false;
        }
        for (Slice zero : ZeroValue.ALL) {
            FieldValue value = canonical.value(zero, anyRoot, disclosure(event));
            boolean isOne = d.from().same(value) || d.to().same(value);
            boolean otherIsAbsent = d.from().isAbsent() || d.to().isAbsent();
            if (isOne && (otherIsAbsent || ZeroValue.isChosenFor(d.path(), zero))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBuiltIn(AuditEvent event) {
        return RequestKind.isBuiltIn(event.object().group());
    }

    Node scaleRoot() {
        return schema.root("autoscaling/v1", "Scale");
    }

    /** The root of an object, as its body names it, or as one before it did, or its resource. */
    Node root(AuditEvent event, TypeMeta type, ObjectState state) {
        String kind = type.kind();
        String apiVersion = type.apiVersion();
        kind = kind != null
                ? kind
                : state.kind != null ? state.kind : Kinds.of(event.object().resource());
        apiVersion = apiVersion != null ? apiVersion : state.apiVersion;
        if (apiVersion == null) {
            String group = event.object().group();
            apiVersion = group.isEmpty() ? "v1" : group + "/v1";
        }
        return schema.root(apiVersion, kind == null ? "" : kind);
    }

    private Disclosure disclosure(AuditEvent event) {
        if (redact) {
            return Disclosure.DIGEST;
        }
        boolean configMap = event.object().resource().equals("configmaps")
                && event.object().group().isEmpty();
        return configMap ? Disclosure.BRIEF : Disclosure.PLAIN;
    }

    /** The same, with what a list of a custom resource gained and lost between the two: there it may have several owners, and no keys. */
    FieldChange change(Difference d, Owner owner, Confidence confidence, Slice before, Slice after, AuditEvent event) {
        boolean looked = owner == Owner.ACTOR
                && !isBuiltIn(event)
                && (d.from().shape() == Shape.LIST || d.to().shape() == Shape.LIST);
        ItemSums items = looked ? ListMoves.between(before, after, d.path(), key) : null;
        return change(d, owner, confidence, items);
    }

    static FieldChange change(Difference d, Owner owner, Confidence confidence) {
        return change(d, owner, confidence, null);
    }

    private static FieldChange change(Difference d, Owner owner, Confidence confidence, @Nullable ItemSums items) {
        String list = d.list() == null ? null : d.list().toString();
        return new FieldChange(d.path().toString(), d.from(), d.to(), owner, confidence, d.derived(), list, items);
    }

    static List<AskedChange> asked(List<Refusal> refusals, AuditEvent event) {
        if (refusals.isEmpty()) {
            return List.of();
        }
        String program = event.admission() == null ? Actor.UNKNOWN_PROGRAM : event.admission();
        return refusals.stream()
                .map(r -> new AskedChange(r.path().toString(), r.asked(), r.stored(), program))
                .toList();
    }
}
