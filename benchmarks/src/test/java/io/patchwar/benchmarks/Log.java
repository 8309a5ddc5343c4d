package io.patchwar.benchmarks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A small generated log, and its events as trees. */
record Log(String text, EventSizes sizes, List<JsonNode> events) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static Log of(long seed, long bytes, boolean writesOnly) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EventSizes sizes = AuditLogGenerator.generate(seed, bytes, writesOnly, out);
        String text = out.toString(StandardCharsets.US_ASCII);
        List<JsonNode> events = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (!line.isEmpty()) {
                events.add(JSON.readTree(line));
            }
        }
        return new Log(text, sizes, events);
    }

    /** Accepted writes whose response is the stored object. */
    List<JsonNode> stored() {
        return events.stream()
                .filter(event -> List.of("create", "update", "patch", "delete")
                        .contains(event.path("verb").asText()))
                .filter(event -> event.path("responseStatus").path("code").asInt() < 300)
                .filter(event ->
                        event.at("/responseObject/metadata/resourceVersion").isTextual())
                .toList();
    }

    static String resource(JsonNode event) {
        return event.at("/objectRef/resource").asText();
    }

    /** {@code resource/namespace/name} of the stored object. */
    static String object(JsonNode event) {
        JsonNode metadata = event.at("/responseObject/metadata");
        return resource(event) + "/" + metadata.path("namespace").asText() + "/"
                + metadata.path("name").asText();
    }
}
