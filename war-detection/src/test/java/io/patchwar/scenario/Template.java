package io.patchwar.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Values that differ from round to round: {@code <n>} in a text is the round, counted from 0, {@code <time>}
 * the second of the write; <code>{cycle: [a, b]}</code> takes turns, <code>{count: 5}</code> is 5, 6, 7, …
 */
record Template(int round, Instant time) {

    JsonNode fill(JsonNode value) {
        if (value.isObject() && value.size() == 1 && value.has("cycle")) {
            JsonNode turns = value.get("cycle");
            return fill(turns.get(round % turns.size()));
        }
        if (value.isObject() && value.size() == 1 && value.has("count")) {
            return IntNode.valueOf(value.get("count").asInt() + round);
        }
        if (value.isObject()) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(each -> filled.set(fill(each.getKey()), fill(each.getValue())));
            return filled;
        }
        if (value.isArray()) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            value.forEach(each -> filled.add(fill(each)));
            return filled;
        }
        return value.isTextual() ? TextNode.valueOf(fill(value.asText())) : value;
    }

    String fill(String text) {
        return text.replace("<n>", Integer.toString(round))
                .replace("<time>", time.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
