package io.patchwar.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.model.json.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what is secret in the bodies of Secrets by keyed digests, before anything is held: the same value keeps the
 * same digest, so a war over it is seen, and the value is not; {@code stringData} becomes what it is stored as. One thread.
 */
final class SecretVeil {
    private static final Set<String> VALUES = Set.of("data", "stringData", "binaryData");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final DigestKey key;

    /** Woken by the first Secret: it would be a seventh of every start of the command line. */
    private static final class Mapper {
        private static final ObjectMapper JSON = new ObjectMapper();
    }

    SecretVeil(DigestKey key) {
        this.key = key;
    }

    /** The body with digests for values; null if it cannot be read, and then nobody shall. */
    @Nullable
    Slice veil(@Nullable Slice body) {
        if (body == null) {
            return null;
        }
        try {
            JsonNode tree = Mapper.JSON.readTree(body.raw().getBytes(StandardCharsets.UTF_8));
            if (tree instanceof ObjectNode object) {
                StringData.fold(object);
                veilObject(object);
            } else if (tree instanceof ArrayNode patch) {
                StringData.fold(patch);
                patch.forEach(this::veilOperation);
            }
            return Slice.of(Mapper.JSON.writeValueAsBytes(tree));
        } catch (IOException e) {
            return null;
        }
    }

    private void veilObject(ObjectNode object) {
        for (String member : VALUES) {
            JsonNode values = object.get(member);
            if (values != null && !values.isNull()) {
                object.set(member, veiled(values));
            }
        }
        if (object.path("metadata").path("annotations") instanceof ObjectNode annotations
                && annotations.has(LAST_APPLIED)) {
            annotations.put(LAST_APPLIED, digest(annotations.get(LAST_APPLIED).asText()));
        }
    }

    private void veilOperation(JsonNode operation) {
        JsonNode value = operation.get("value");
        if (!(operation instanceof ObjectNode object) || value == null) {
            return;
        }
        String path = object.path("path").asText();
        String root = path.startsWith("/") ? path.substring(1).split("/", -1)[0] : "";
        if (VALUES.contains(root) || path.endsWith("last-applied-configuration")) {
            object.set("value", veiled(value));
        } else if (value instanceof ObjectNode inner) {
            // A patch of the root, or of metadata: values may stand anywhere below.
            veilObject(inner);
            if (inner.has(LAST_APPLIED)) {
                inner.put(LAST_APPLIED, digest(inner.get(LAST_APPLIED).asText()));
            }
        }
    }

    private JsonNode veiled(JsonNode values) {
        if (values instanceof ObjectNode map) {
            List<String> names = new ArrayList<>();
            map.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = map.get(name);
                if (!value.isNull() && !RequestKind.isDirective(name)) {
                    map.put(name, digest(value.toString()));
                }
            }
            return map;
        }
        return Mapper.JSON.getNodeFactory().textNode(digest(values.toString()));
    }

    private String digest(String text) {
        return "digest:" + String.format("%016x", key.digest(text));
    }
}
