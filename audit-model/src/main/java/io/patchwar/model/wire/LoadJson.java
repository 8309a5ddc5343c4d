package io.patchwar.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.patchwar.model.Minutes;
import io.patchwar.model.WriteLoad;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was counted in the last ten minutes, as JSON: arrays of ten numbers, the oldest minute first. Stateless. */
public final class LoadJson {
    private LoadJson() {}

    /** Writes the load of a war as one object; null as null. */
    public static void write(@Nullable WriteLoad load, JsonGenerator json) throws IOException {
        if (load == null) {
            json.writeNull();
            return;
        }
        Instant last = load.counted()
                .plus(load.stored())
                .plus(load.noOps())
                .plus(load.rejected())
                .last();
        json.writeStartObject();
        json.writeStringField("since", load.since().toString());
        json.writeStringField("lastMinute", last.toString());
        counts("counted", load.counted().upTo(last), json);
        counts("stored", load.stored().upTo(last), json);
        counts("storedBytes", load.storedBytes().upTo(last), json);
        counts("noOps", load.noOps().upTo(last), json);
        counts("rejected", load.rejected().upTo(last), json);
        Duration gap = load.lastGap();
        if (gap == null) {
            json.writeNullField("lastGapSeconds");
        } else {
            json.writeNumberField("lastGapSeconds", gap.toMillis() / 1000.0);
        }
        json.writeEndObject();
    }

    /**
     * Reads what {@link #write} wrote; members that it does not know it passes over.
     *
     * @param json at the object's beginning, or at a null
     * @throws IOException if something is missing or is not what it should be
     */
    public static @Nullable WriteLoad read(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        Instant since = Instant.EPOCH;
        Instant last = Instant.EPOCH;
        Duration gap = null;
        Map<String, List<Long>> counts = new HashMap<>();
        expect(JsonToken.START_OBJECT, json);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "since" -> since = time(json);
                case "lastMinute" -> last = time(json);
                case "lastGapSeconds" ->
                    gap = json.currentToken() == JsonToken.VALUE_NULL
                            ? null
                            : Duration.ofMillis(Math.round(json.getDoubleValue() * 1000));
                case "counted", "stored", "storedBytes", "noOps", "rejected" -> counts.put(name, counts(json));
                default -> json.skipChildren();
            }
        }
        return new WriteLoad(
                since,
                minutes(last, "counted", counts, json),
                minutes(last, "stored", counts, json),
                minutes(last, "storedBytes", counts, json),
                minutes(last, "noOps", counts, json),
                minutes(last, "rejected", counts, json),
                gap);
    }

    static void counts(String name, Minutes minutes, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (long count : minutes.counts()) {
            json.writeNumber(count);
        }
        json.writeEndArray();
    }

    static List<Long> counts(JsonParser json) throws IOException {
        expect(JsonToken.START_ARRAY, json);
        List<Long> counts = new ArrayList<>(Minutes.COUNT);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            counts.add(json.getLongValue());
        }
        return counts;
    }

    static Minutes minutes(Instant last, String name, Map<String, List<Long>> counts, JsonParser json)
            throws IOException {
        List<Long> of = counts.get(name);
        if (of == null) {
            throw broken(json, name + " is missing");
        }
        try {
            return new Minutes(last, of);
        } catch (IllegalArgumentException e) {
            throw broken(json, name + ": " + e.getMessage());
        }
    }

    static Instant time(JsonParser json) throws IOException {
        try {
            return Instant.parse(json.getText());
        } catch (DateTimeParseException e) {
            throw broken(json, "no time: " + e.getMessage());
        }
    }

    static void expect(JsonToken token, JsonParser json) throws IOException {
        if (json.currentToken() != token) {
            throw broken(json, token + " expected, not " + json.currentToken());
        }
    }

    static IOException broken(JsonParser json, String what) {
        return new com.fasterxml.jackson.core.JsonParseException(json, what);
    }
}
