package io.patchwar.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The {@code stringData} of a Secret, which is only ever asked for: the API server stores it as {@code data}, in base64, over what
 * the request says there. Stateless.
 */
final class StringData {
    private static final String NAME = "stringData";

    /** What ingest puts in place of a value: the same for a text and for its base64, so that nothing is left to encode. */
    private static final Pattern DIGEST = Pattern.compile("digest:[0-9a-f]{32}");

    private StringData() {}

    /** Moves the texts of a Secret, or of a patch of one, to where they are stored. */
    static void fold(ObjectNode secret) {
        if (!(secret.remove(NAME) instanceof ObjectNode texts) || texts.isEmpty()) {
            return;
        }
        ObjectNode data = secret.get("data") instanceof ObjectNode known ? known : secret.putObject("data");
        texts.properties().forEach(text -> {
            if (text.getValue().isTextual()) {
                data.put(text.getKey(), encoded(text.getValue().asText()));
            }
        });
    }

    /** The same for a JSON patch. Nothing of the kind is stored, so that one can only add all texts at once. */
    static void fold(ArrayNode patch) {
        for (int i = patch.size() - 1; i >= 0; i--) {
            JsonNode operation = patch.get(i);
            JsonNode value = operation.get("value");
            if (operation.path("path").asText().equals("/" + NAME)) {
                patch.remove(i);
                if (value instanceof ObjectNode texts) {
                    unfold(texts, patch, i);
                }
            } else if (operation.path("path").asText("-").isEmpty() && value instanceof ObjectNode secret) {
                fold(secret);
            }
        }
    }

    private static void unfold(ObjectNode texts, ArrayNode patch, int at) {
        texts.properties().forEach(text -> {
            if (text.getValue().isTextual()) {
                String key = text.getKey().replace("~", "~0").replace("/", "~1");
                patch.insertObject(at)
                        .put("op", "add")
                        .put("path", "/data/" + key)
                        .put("value", encoded(text.getValue().asText()));
            }
        });
    }

    private static String encoded(String text) {
        return DIGEST.matcher(text).matches()
                ? text
                : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
