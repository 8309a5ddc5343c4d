package io.patchwar.ingest.redact;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patchwar.ingest.redact.FieldPattern.State;
import io.patchwar.ingest.redact.Redaction.Veil;
import io.patchwar.model.json.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replaces values in bodies: of objects, of patches of every kind. What cannot be read is left out. One thread. */
final class BodyVeil {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Set<String> OPERATION = Set.of("op", "path", "from");
    private static final int MOST_NESTED = 4;

    private final RedactionKey key;

    BodyVeil(RedactionKey key) {
        this.key = key;
    }

    /** The body with digests in place of values; null if there is none, or none that can be read. */
    @Nullable
    Slice veil(@Nullable Slice body, Veil veil) {
        if (body == null) {
            return null;
        }
        try {
            JsonNode tree = JSON.readTree(body.raw());
            JsonNode veiled = tree instanceof ArrayNode patch ? patch(patch, veil) : root(tree, veil, 0);
            return Slice.of(JSON.writeValueAsBytes(veiled));
        } catch (IOException e) {
            return null;
        }
    }

    /** An object, or a merge, strategic or apply patch of one. */
    private JsonNode root(JsonNode tree, Veil veil, int depth) {
        if (!(tree instanceof ObjectNode object)) {
            return whole(tree);
        }
        for (String name : names(object)) {
            JsonNode value = object.get(name);
            object.set(name, isKnown(name, veil) ? member(name, value, veil.start(), veil, depth) : whole(value));
        }
        return object;
    }

    private static boolean isKnown(String name, Veil veil) {
        return veil.known() == null || name.startsWith("$") || veil.known().contains(name);
    }

    private JsonNode member(String name, JsonNode value, List<State> states, Veil veil, int depth) {
        List<State> next = FieldPattern.follow(states, name);
        for (State state : next) {
            if (state.complete()) {
                return treat(value, state.treatment(), veil, depth);
            }
        }
        return next.isEmpty() ? value : below(value, next, veil, depth);
    }

    private JsonNode below(JsonNode value, List<State> states, Veil veil, int depth) {
        if (value instanceof ObjectNode object) {
            for (String name : names(object)) {
                object.set(name, member(name, object.get(name), states, veil, depth));
            }
        } else if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, below(list.get(i), states, veil, depth));
            }
        }
        return value;
    }

    private JsonNode treat(JsonNode value, Treatment treatment, Veil veil, int depth) {
        return switch (treatment) {
            case BASE64_MAP -> map(value, true);
            case TEXT_MAP -> map(value, false);
            case APPLIED -> applied(value, veil, depth);
            case LEAVES -> leaves(value);
            case WHOLE -> whole(value);
        };
    }

    private JsonNode map(JsonNode value, boolean base64) {
        if (!(value instanceof ObjectNode map)) {
            return whole(value);
        }
        for (String name : names(map)) {
            if (!isDirective(name, map.get(name))) {
                map.set(name, entry(map.get(name), base64));
            }
        }
        return map;
    }

    private JsonNode entry(JsonNode value, boolean base64) {
        byte[] decoded = base64 && value.isTextual() ? decode(value.textValue()) : null;
        return decoded == null ? whole(value) : TextNode.valueOf(key.ofText(decoded));
    }

    private static byte @Nullable [] decode(String base64) {
        try {
            return Base64.getDecoder()
                    .decode(base64.replace("\n", "").replace("\r", "").getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** An instruction of a strategic merge patch, and the words that it may have; anything else is somebody's value. */
    private static boolean isDirective(String name, JsonNode value) {
        return name.equals("$patch") && Set.of("replace", "merge", "delete").contains(value.asText());
    }

    private JsonNode applied(JsonNode value, Veil veil, int depth) {
        if (!value.isTextual() || depth >= MOST_NESTED) {
            return whole(value);
        }
        try {
            JsonNode inner = JSON.readTree(value.textValue());
            if (inner instanceof ObjectNode) {
                return TextNode.valueOf(JSON.writeValueAsString(root(inner, veil, depth + 1)));
            }
        } catch (IOException e) {
            return whole(value);
        }
        return whole(value);
    }

    private JsonNode leaves(JsonNode value) {
        if (value instanceof ObjectNode object) {
            for (String name : names(object)) {
                if (!isDirective(name, object.get(name))) {
                    object.set(name, leaves(object.get(name)));
                }
            }
            return object;
        }
        if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, leaves(list.get(i)));
            }
            return list;
        }
        return whole(value);
    }

    /** One digest for all of it; null stays, as it says that there is no value. */
    private JsonNode whole(JsonNode value) {
        if (value.isNull()) {
            return value;
        }
        return TextNode.valueOf(value.isTextual() ? key.ofText(value.textValue()) : key.ofJson(value.toString()));
    }

    private JsonNode patch(ArrayNode operations, Veil veil) {
        for (int i = 0; i < operations.size(); i++) {
            operations.set(
                    i,
                    operations.get(i) instanceof ObjectNode operation
                            ? operation(operation, veil)
                            : whole(operations.get(i)));
        }
        return operations;
    }

    private JsonNode operation(ObjectNode operation, Veil veil) {
        for (String name : names(operation)) {
            JsonNode value = operation.get(name);
            if (name.equals("value")) {
                operation.set(name, operand(operation.path("path"), value, veil));
            } else if (!OPERATION.contains(name) || !value.isTextual()) {
                operation.set(name, whole(value));
            }
        }
        return operation;
    }

    /** The value of an operation, which stands where its pointer points. */
    private JsonNode operand(JsonNode path, JsonNode value, Veil veil) {
        String pointer = path.isTextual() ? path.textValue() : "?";
        if (pointer.isEmpty()) {
            return root(value, veil, 0);
        }
        if (pointer.charAt(0) != '/') {
            return whole(value);
        }
        String[] steps = pointer.substring(1).split("/", -1);
        if (!isKnown(unescaped(steps[0]), veil)) {
            return whole(value);
        }
        List<State> states = veil.start();
        for (int i = 0; i < steps.length; i++) {
            String name = unescaped(steps[i]);
            List<State> next = FieldPattern.follow(states, name);
            for (State state : next) {
                if (state.complete()) {
                    return inside(value, state.treatment(), steps.length - i - 1, veil);
                }
            }
            if (isIndex(name)) {
                // Lists are passed through; but a map may have such a key, too.
                next.addAll(states);
            }
            states = next;
        }
        return states.isEmpty() ? value : below(value, states, veil, 0);
    }

    /** The value that stands so many steps below a place that is treated so. */
    private JsonNode inside(JsonNode value, Treatment treatment, int below, Veil veil) {
        boolean map = treatment == Treatment.BASE64_MAP || treatment == Treatment.TEXT_MAP;
        if (map && below == 1) {
            return entry(value, treatment == Treatment.BASE64_MAP);
        }
        if (below > 0 && treatment != Treatment.LEAVES) {
            return whole(value);
        }
        return treat(value, treatment, veil, 0);
    }

    private static boolean isIndex(String step) {
        return step.equals("-") || (!step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9'));
    }

    private static String unescaped(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
