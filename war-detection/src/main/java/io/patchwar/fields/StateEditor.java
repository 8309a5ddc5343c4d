package io.patchwar.fields;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.Part;
import io.patchwar.model.json.Slice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies a request to a held state, for events that carry no reply: what the API server must have stored, as far as
 * the request tells. Rare against diffing replies, so trees are fine here. Thread-safe.
 */
final class StateEditor {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(200)
                            .maxStringLength(64 << 20)
                            .build())
                    .build())
            .build();

    /** Members that the API server adds to what a client sent; a patch without them means the same list item. */
    private static final Set<String> DEFAULTED =
            Set.of("apiGroup", "apiVersion", "ipMode", "kind", "protocol", "scope", "status", "volumeMode");

    private StateEditor() {}

    /**
     * The state after the request.
     *
     * @param held the state before; null if nothing is known
     * @param mine what the same actor asked for the last time, null if that is not known; a whole object or an apply takes
     *     back what it does not repeat
     * @return null if one of the bodies cannot be read
     */
    static byte @Nullable [] after(
            @Nullable Slice held, RequestKind kind, Slice request, byte @Nullable [] mine, Part part, Node root) {
        try {
            ObjectNode state = held == null ? JSON.createObjectNode() : object(held);
            if (kind == RequestKind.JSON_PATCH) {
                JsonNode patch = JSON.readTree(request.bytes(), request.from(), request.length());
                ObjectNode patched = state.deepCopy();
                JsonPatch.apply(patched, patch);
                return JSON.writeValueAsBytes(keepOtherPart(state, patched, part));
            }
            ObjectNode wanted = object(request);
            JsonNode before = mine == null ? null : object(Slice.of(mine));
            ObjectNode result = switch (kind) {
                case WHOLE -> whole(state, wanted, before, "", root);
                case MERGE -> merged(state, wanted);
                case APPLY -> strategic(withoutDropped(state, wanted, before, root), wanted, root, true);
                default -> strategic(state, wanted, root, false);
            };
            return JSON.writeValueAsBytes(keepOtherPart(state, result, part));
        } catch (IOException e) {
            return null;
        }
    }

    /** The held state with one number set: what a {@code Scale} tells of its parent. */
    static byte @Nullable [] withReplicas(@Nullable Slice held, Slice replicas) {
        try {
            ObjectNode state = held == null ? JSON.createObjectNode() : object(held);
            JsonNode spec = state.get("spec");
            ObjectNode target = spec instanceof ObjectNode known ? known : state.putObject("spec");
            target.set("replicas", JSON.readTree(replicas.bytes(), replicas.from(), replicas.length()));
            return JSON.writeValueAsBytes(state);
        } catch (IOException e) {
            return null;
        }
    }

    private static ObjectNode object(Slice json) throws IOException {
        JsonNode node = JSON.readTree(json.bytes(), json.from(), json.length());
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new JsonProcessingException("no object") {};
    }

    /** A status door changes status only, the main door all but status. */
    private static ObjectNode keepOtherPart(ObjectNode before, ObjectNode after, Part part) {
        if (part == Part.STATUS) {
            ObjectNode kept = before.deepCopy();
            JsonNode status = after.get("status");
            if (status == null) {
                kept.remove("status");
            } else {
                kept.set("status", status);
            }
            return kept;
        }
        JsonNode status = before.get("status");
        ObjectNode kept = after.deepCopy();
        if (status == null) {
            kept.remove("status");
        } else {
            kept.set("status", status);
        }
        return kept;
    }

    /**
     * A PUT without its reply: what it leaves out stays, since defaults and other people's fields are left out too;
     * except labels, annotations and finalizers, and what this actor set itself.
     */
    private static ObjectNode whole(
            ObjectNode held, ObjectNode wanted, @Nullable JsonNode mine, String path, Node node) {
        ObjectNode result = wanted.deepCopy();
        held.properties().forEach(entry -> {
            String key = entry.getKey();
            String inner = path.isEmpty() ? key : path + "." + key;
            JsonNode old = entry.getValue();
            JsonNode now = wanted.get(key);
            JsonNode own = mine == null ? null : mine.get(key);
            if (now == null || now.isNull()) {
                if (!clearedByAbsence(inner) && !old.equals(own)) {
                    result.set(key, own == null ? old : withoutOwn(old, own));
                }
            } else if (old instanceof ObjectNode oldObject && now instanceof ObjectNode nowObject) {
                boolean exact = clearedByAbsence(inner);
                result.set(key, exact ? nowObject : whole(oldObject, nowObject, own, inner, node.field(key)));
            } else if (isDefaultedForm(old, now)) {
                result.set(key, old);
            }
        });
        return result;
    }

    private static JsonNode withoutOwn(JsonNode old, JsonNode own) {
        if (!(old instanceof ObjectNode object) || !own.isObject()) {
            return old;
        }
        ObjectNode kept = object.deepCopy();
        own.properties().forEach(entry -> {
            JsonNode value = kept.get(entry.getKey());
            if (value != null && value.equals(entry.getValue())) {
                kept.remove(entry.getKey());
            } else if (value != null) {
                kept.set(entry.getKey(), withoutOwn(value, entry.getValue()));
            }
        });
        return kept;
    }

    private static boolean clearedByAbsence(String path) {
        return isOf("metadata.labels", path)
                || isOf("metadata.annotations", path)
                || path.equals("metadata.finalizers");
    }

    /** Whether it is these labels or annotations of the object itself, or of what it makes of a template. */
    private static boolean isOf(String metadata, String path) {
        return path.endsWith(metadata)
                && (path.length() == metadata.length() || path.endsWith(".template." + metadata));
    }

    /** One list written twice, once with and once without what the API server fills in, or stores by leaving it out. */
    private static boolean isDefaultedForm(JsonNode a, JsonNode b) {
        return a.isArray() && b.isArray() && !a.equals(b) && isSameBut(a, b);
    }

    private static boolean isSameBut(JsonNode a, JsonNode b) {
        if (a.isArray() && b.isArray() && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                if (!isSameBut(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof ObjectNode one && b instanceof ObjectNode other) {
            return holdsAll(one, other) && holdsAll(other, one);
        }
        return a.equals(b) || isSameQuantity(a, b);
    }

    private static boolean isSameQuantity(JsonNode a, JsonNode b) {
        String quantity = a.isValueNode() && b.isValueNode() ? Quantities.canonical(a.asText()) : null;
        return quantity != null && quantity.equals(Quantities.canonical(b.asText()));
    }

    private static boolean holdsAll(ObjectNode one, ObjectNode other) {
        for (Map.Entry<String, JsonNode> member : other.properties()) {
            JsonNode same = one.get(member.getKey());
            boolean nothing = isNothing(member.getValue());
            boolean nothingThere = same == null || isNothing(same);
            boolean missing = DEFAULTED.contains(member.getKey()) ? nothing || nothingThere : nothing && nothingThere;
            if (!missing && (same == null || !isSameBut(same, member.getValue()))) {
                return false;
            }
        }
        return true;
    }

    /** What Go stores by leaving it out. */
    private static boolean isNothing(JsonNode value) {
        boolean zero = value.isNumber() ? value.asText().equals("0") : value.isBoolean() && !value.asBoolean();
        return zero
                || value.isNull()
                || (value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty());
    }

    private static ObjectNode merged(ObjectNode held, ObjectNode patch) {
        ObjectNode result = held.deepCopy();
        patch.properties().forEach(entry -> {
            String key = entry.getKey();
            JsonNode wanted = entry.getValue();
            JsonNode old = result.get(key);
            if (wanted.isNull()) {
                if (!ZeroValue.isChosen(key)) {
                    result.remove(key);
                }
            } else if (wanted instanceof ObjectNode inner) {
                result.set(key, merged(old instanceof ObjectNode o ? o : JSON.createObjectNode(), inner));
            } else if (old == null || !isDefaultedForm(old, wanted)) {
                result.set(key, wanted);
            }
        });
        return result;
    }

    private static ObjectNode withoutDropped(ObjectNode held, ObjectNode wanted, @Nullable JsonNode before, Node root) {
        if (!(before instanceof ObjectNode own)) {
            return held;
        }
        ObjectNode rest = held.deepCopy();
        Dropped.remove(rest, own, wanted, root);
        return rest;
    }

    /** @param apply whether items of lists meet by all their keys, as in an apply; in a strategic patch these are fewer */
    private static ObjectNode strategic(ObjectNode held, ObjectNode patch, Node node, boolean apply) {
        if (patch.path("$patch").asText().equals("replace")) {
            ObjectNode replaced = patch.deepCopy();
            replaced.remove("$patch");
            return replaced;
        }
        ObjectNode result = held.deepCopy();
        patch.properties().forEach(entry -> {
            String key = entry.getKey();
            JsonNode wanted = entry.getValue();
            if (key.startsWith("$deleteFromPrimitiveList/")) {
                StrategicList.removeElements(result.get(key.substring(key.indexOf('/') + 1)), wanted);
            } else if (RequestKind.isDirective(key)) {
                retain(result, key, wanted);
            } else if (wanted.isNull()) {
                // It asks nothing in an apply; and where the server chooses a value it chooses anew, mostly the same.
                if (!apply && !ZeroValue.isChosen(key)) {
                    result.remove(key);
                }
            } else {
                result.set(key, strategicValue(result.get(key), wanted, node.field(key), apply));
            }
        });
        return result;
    }

    private static void retain(ObjectNode result, String directive, JsonNode names) {
        if (directive.equals("$retainKeys")) {
            List<String> kept = new java.util.ArrayList<>();
            names.forEach(name -> kept.add(name.asText()));
            result.retain(kept);
        }
    }

    static JsonNode strategicValue(@Nullable JsonNode old, JsonNode wanted, Node node, boolean apply) {
        if (wanted instanceof ObjectNode inner) {
            return strategic(old instanceof ObjectNode o ? o : JSON.createObjectNode(), inner, node, apply);
        }
        if (wanted instanceof ArrayNode list && node.list() != ListKind.ATOMIC) {
            return StrategicList.merge(old instanceof ArrayNode o ? o : JSON.createArrayNode(), list, node, apply);
        }
        return old != null && isDefaultedForm(old, wanted) ? old : wanted;
    }
}
