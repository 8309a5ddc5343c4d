package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's own part in a write: what it puts in place of what was asked, what it drops, allocates or refuses. One
 * rule each; rules apply in their order, to main writes and not to status.
 */
public final class Admission {

    /** One rule of the cluster for one object. */
    public sealed interface Rule {
        String resource();

        /** {@code namespace/name}, or the name alone where there is no namespace. */
        String object();
    }

    /** The field always ends as {@code to}; a webhook leaves its name and patch in the event, anything else leaves nothing. */
    public record Rewrite(
            String resource,
            String object,
            FieldAddress field,
            JsonNode to,
            @Nullable String webhook) implements Rule {}

    /** The field is dropped, as behind a closed feature gate; {@code moves}: the object gets a new version all the same. */
    public record Drop(String resource, String object, FieldAddress field, boolean moves) implements Rule {}

    /** Where the write leaves the field out, the server gives it the next value of these, over and over. */
    public record Allocate(String resource, String object, FieldAddress field, List<JsonNode> values) implements Rule {}

    /**
     * Refuses writes that would change the field, or every write where {@code field} is null.
     *
     * @param accounts whom it refuses; empty for everyone
     */
    public record Deny(
            String resource,
            String object,
            @Nullable FieldAddress field,
            Set<String> accounts,
            int code,
            String reason,
            String message)
            implements Rule {}

    /** An apply that changes nothing gets a new version all the same, for its time in managedFields moved. */
    public record Restamp(String resource, String object) implements Rule {}

    private final List<Rule> rules;
    private final Map<Rule, Deque<JsonNode>> allocations = new HashMap<>();

    public Admission(Collection<Rule> rules) {
        this.rules = List.copyOf(rules);
        for (Rule rule : this.rules) {
            if (rule instanceof Allocate allocate) {
                allocations.put(rule, new ArrayDeque<>(allocate.values()));
            }
        }
    }

    /** What admission made of a write. */
    record Outcome(boolean moves, Map<String, String> annotations) {}

    void refuse(Request request, String name, @Nullable ObjectNode before, ObjectNode asked) {
        for (Rule rule : rules) {
            if (rule instanceof Deny deny && concerns(rule, request, name)) {
                boolean named = deny.accounts().isEmpty()
                        || deny.accounts().contains(request.by().account());
                if (named && changes(deny.field(), before, asked)) {
                    throw Failure.denied(request.kind(), name, deny.code(), deny.reason(), deny.message());
                }
            }
        }
    }

    private static boolean changes(@Nullable FieldAddress field, @Nullable ObjectNode before, ObjectNode asked) {
        return field == null || !Objects.equals(before == null ? null : field.in(before), field.in(asked));
    }

    /** Changes {@code asked} into what is stored. */
    Outcome mutate(Request request, String name, ObjectNode asked) {
        boolean moves = false;
        Map<String, String> annotations = new LinkedHashMap<>();
        for (Rule rule : rules) {
            if (!concerns(rule, request, name)) {
                continue;
            }
            if (rule instanceof Rewrite rewrite
                    && !rewrite.to().equals(rewrite.field().in(asked))) {
                rewrite.field().set(asked, rewrite.to().deepCopy());
                if (rewrite.webhook() != null) {
                    annotations.putAll(webhookAnnotations(rewrite));
                }
            } else if (rule instanceof Drop drop && drop.field().remove(asked)) {
                moves |= drop.moves();
            } else if (rule instanceof Allocate allocate && allocate.field().in(asked) == null) {
                Deque<JsonNode> values = Objects.requireNonNull(allocations.get(rule));
                JsonNode value = values.removeFirst();
                values.addLast(value);
                allocate.field().set(asked, value);
            } else if (rule instanceof Restamp && request.style() == WriteStyle.APPLY) {
                moves = true;
            }
        }
        return new Outcome(moves, annotations);
    }

    /** Whether a rule of this object hands out node ports, so that the server does not carry them over by itself. */
    boolean allocates(StoredObject object) {
        String namespace = Request.claimed(object.tree(), "namespace");
        String name = (namespace.isEmpty() ? "" : namespace + "/") + Request.claimed(object.tree(), "name");
        return rules.stream()
                .anyMatch(rule -> rule instanceof Allocate
                        && rule.resource().equals(object.kind().resource())
                        && rule.object().equals(name));
    }

    private static boolean concerns(Rule rule, Request request, String name) {
        String object = request.namespace().isEmpty() ? name : request.namespace() + "/" + name;
        return rule.resource().equals(request.kind().resource())
                && rule.object().equals(object);
    }

    private static Map<String, String> webhookAnnotations(Rewrite rewrite) {
        ObjectNode mutation = JsonNodeFactory.instance.objectNode();
        mutation.put("configuration", rewrite.webhook())
                .put("webhook", rewrite.webhook())
                .put("mutated", true);
        ObjectNode patch = mutation.deepCopy();
        patch.remove("mutated");
        StringBuilder pointer = new StringBuilder();
        for (FieldAddress.Step step : rewrite.field().steps()) {
            String token = step instanceof FieldAddress.Name key ? key.name() : "0";
            pointer.append('/').append(token.replace("~", "~0").replace("/", "~1"));
        }
        patch.putArray("patch")
                .addObject()
                .put("op", "replace")
                .put("path", pointer.toString())
                .set("value", rewrite.to());
        patch.put("patchType", "JSONPatch");
        return Map.of(
                "mutation.webhook.admission.k8s.io/round_0_index_0", mutation.toString(),
                "patch.webhook.admission.k8s.io/round_0_index_0", patch.toString());
    }
}
