package io.patchwar.processor.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.model.WarClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands in the topic {@code wars}, to whoever reads it as they should: of each war the highest revision. One thread. */
public final class WarsTopic {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> latest = new LinkedHashMap<>();
    private final Map<String, byte[]> announced = new LinkedHashMap<>();
    private final List<String> otherwise = new ArrayList<>();
    private int repeated;
    private int records;

    public void take(byte[] key, byte[] value) {
        String id = new String(key, StandardCharsets.UTF_8);
        records++;
        if (value == null) {
            latest.remove(id);
            return;
        }
        JsonNode war = read(value);
        String announcement = id + " " + war.path("lifecycle").asText() + " "
                + war.path("revision").asLong();
        byte[] before = announced.putIfAbsent(announcement, value);
        if (before != null) {
            repeated++;
            if (!Arrays.equals(before, value)) {
                otherwise.add(announcement);
            }
        }
        JsonNode known = latest.get(id);
        if (known == null
                || known.path("revision").asLong() < war.path("revision").asLong()) {
            latest.put(id, war);
        }
    }

    /** Announcements, each of a war, a lifecycle and a revision, that were written again. */
    public int repeated() {
        return repeated;
    }

    /** Of those the ones that said something else the second time: there must be none. */
    public List<String> saidOtherwise() {
        return otherwise;
    }

    /** How many records were read. */
    public int records() {
        return records;
    }

    public Collection<String> announcements() {
        return announced.keySet();
    }

    public Map<String, JsonNode> latest() {
        return latest;
    }

    /** A cluster's part of it in the shape of the scan document, without accounts. */
    public ObjectNode document(String cluster) {
        ObjectNode document = JSON.createObjectNode();
        document.put("schema", "patchwar.io/v1");
        ArrayNode wars = document.putArray("wars");
        ArrayNode findings = document.putArray("findings");
        for (JsonNode war : latest.values()) {
            if (!war.path("cluster").asText().equals(cluster)
                    || war.path("lifecycle").asText().equals("withdrawn")
                    || war.has("muted")) {
                continue;
            }
            (isWar(war) ? wars : findings).add(war);
        }
        return document;
    }

    private static boolean isWar(JsonNode war) {
        return WarClass.of(war.path("class").asText()).orElseThrow().isWar();
    }

    private static JsonNode read(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
