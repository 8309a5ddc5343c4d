package io.patchwar.model.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.patchwar.model.Confidence;
import io.patchwar.model.Contender;
import io.patchwar.model.Evidence;
import io.patchwar.model.Lifecycle;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Rejection;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarState;
import io.patchwar.model.WriteLoad;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A war while it is read back from what {@link WarJson} wrote; members that are not known are passed over. */
final class WarReader {
    private @Nullable String id;
    private @Nullable WarClass warClass;
    private @Nullable Severity severity;
    private @Nullable Confidence confidence;
    private @Nullable WarState state;
    private @Nullable ObjectRef object;
    private @Nullable String uid;
    private List<String> fields = List.of();
    private List<Contender> contenders = List.of();
    private long reversals;
    private @Nullable Duration period;
    private @Nullable Instant startedAt;
    private @Nullable Instant lastChangeAt;
    private @Nullable Instant endedAt;
    private List<Evidence> evidence = List.of();
    private @Nullable Rejection rejection;
    private @Nullable String muted;
    private long revision;
    private @Nullable WriteLoad load;

    /** Null where the text is of the scan contract, which has none. */
    @Nullable
    Lifecycle lifecycle;

    private WarReader() {}

    /** Reads the object that the parser stands before or at the start of. */
    static WarReader read(JsonParser json) throws IOException {
        WarReader reader = new WarReader();
        try {
            members(json, reader::member);
        } catch (DateTimeException e) {
            throw new IOException("a war with a time that is none: " + e.getMessage(), e);
        }
        return reader;
    }

    War war() throws IOException {
        return new War(
                there(id, "id"),
                there(warClass, "class"),
                there(severity, "severity"),
                there(confidence, "confidence"),
                there(state, "state"),
                there(object, "object"),
                uid,
                fields,
                contenders,
                reversals,
                period,
                there(startedAt, "startedAt"),
                there(lastChangeAt, "lastChangeAt"),
                endedAt,
                evidence,
                rejection,
                muted,
                revision,
                load);
    }

    private static <T> T there(@Nullable T value, String member) throws IOException {
        if (value == null) {
            throw new IOException("no war: its member \"" + member + "\" is missing or not of the contract "
                    + WarJson.SCHEMA + "; was it written by a newer version?");
        }
        return value;
    }

    private void member(String name, JsonParser json) throws IOException {
        switch (name) {
            case "id" -> id = text(json);
            case "class" -> warClass = WarClass.of(word(json)).orElse(null);
            case "severity" -> severity = constant(Severity.values(), word(json));
            case "confidence" -> confidence = constant(Confidence.values(), word(json));
            case "state" -> state = constant(WarState.values(), word(json));
            case "object" -> readObject(json);
            case "fields" -> fields = texts(json);
            case "contenders" -> contenders = list(json, WarReader::contender);
            case "reversals" -> reversals = json.getValueAsLong();
            case "periodSeconds" ->
                period = json.currentToken() == JsonToken.VALUE_NULL
                        ? null
                        : Duration.ofMillis(Math.round(json.getValueAsDouble() * 1000));
            case "startedAt" -> startedAt = time(json);
            case "lastChangeAt" -> lastChangeAt = time(json);
            case "endedAt" -> endedAt = time(json);
            case "evidence" -> evidence = list(json, WarReader::evidence);
            case "load" -> load = LoadJson.read(json);
            case "rejection" -> rejection = rejection(json);
            case "muted" -> muted = text(json);
            case "lifecycle" -> lifecycle = Lifecycle.of(word(json)).orElse(null);
            case "revision" -> revision = json.getValueAsLong();
            default -> json.skipChildren();
        }
    }

    private void readObject(JsonParser json) throws IOException {
        Map<String, String> parts = new HashMap<>();
        members(json, (name, at) -> {
            String text = text(at);
            if (text != null) {
                parts.put(name, text);
            }
        });
        object = new ObjectRef(
                there(parts.get("cluster"), "object.cluster"),
                parts.getOrDefault("group", ""),
                there(parts.get("resource"), "object.resource"),
                parts.getOrDefault("namespace", ""),
                there(parts.get("name"), "object.name"));
        uid = parts.get("uid");
    }

    private static Contender contender(JsonParser json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        List<String> instances = new ArrayList<>();
        Map<String, List<String>> values = new HashMap<>();
        long[] counts = new long[2];
        members(json, (name, at) -> {
            switch (name) {
                case "instances" -> instances.addAll(texts(at));
                case "writes" -> counts[0] = at.getValueAsLong();
                case "rejected" -> counts[1] = at.getValueAsLong();
                case "values" -> members(at, (field, value) -> values.put(field, texts(value)));
                default -> note(name, at, texts);
            }
        });
        return new Contender(
                texts.getOrDefault("account", ""),
                texts.getOrDefault("program", ""),
                instances,
                counts[0],
                counts[1],
                values);
    }

    private static Evidence evidence(JsonParser json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        members(json, (name, at) -> note(name, at, texts));
        return new Evidence(
                texts.getOrDefault("auditID", ""),
                texts.get("resourceVersion"),
                Instant.parse(texts.getOrDefault("time", "")),
                texts.getOrDefault("account", ""),
                texts.getOrDefault("program", ""),
                texts.getOrDefault("instance", ""),
                texts.getOrDefault("verb", ""),
                texts.get("field"),
                texts.get("from"),
                texts.get("to"));
    }

    private static Rejection rejection(JsonParser json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        List<String> managers = new ArrayList<>();
        int[] code = new int[1];
        members(json, (name, at) -> {
            switch (name) {
                case "code" -> code[0] = at.getValueAsInt();
                case "managers" -> managers.addAll(texts(at));
                default -> note(name, at, texts);
            }
        });
        return new Rejection(
                code[0],
                texts.getOrDefault("reason", ""),
                texts.getOrDefault("message", ""),
                texts.get("policy"),
                managers,
                List.of());
    }

    /** Takes one member; the parser stands at its value, and at the value's end afterwards. */
    private interface Member {
        void take(String name, JsonParser json) throws IOException;
    }

    private interface Item<T> {
        T read(JsonParser json) throws IOException;
    }

    private static void members(JsonParser json, Member member) throws IOException {
        JsonToken at = json.currentToken() == null ? json.nextToken() : json.currentToken();
        if (at != JsonToken.START_OBJECT) {
            throw new IOException("no war: an object should stand here, not " + at);
        }
        String name;
        while ((name = json.nextFieldName()) != null) {
            json.nextToken();
            member.take(name, json);
        }
    }

    private static <T> List<T> list(JsonParser json, Item<T> item) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IOException("no war: a list should stand here, not " + json.currentToken());
        }
        List<T> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(item.read(json));
        }
        return items;
    }

    private static List<String> texts(JsonParser json) throws IOException {
        return list(json, at -> Objects.requireNonNullElse(text(at), ""));
    }

    private static void note(String name, JsonParser json, Map<String, String> texts) throws IOException {
        String text = text(json);
        if (text != null) {
            texts.put(name, text);
        }
    }

    /** The text that stands here; null for null and, passed over, for what is none. */
    private static @Nullable String text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return null;
    }

    private static String word(JsonParser json) throws IOException {
        return Objects.requireNonNullElse(text(json), "");
    }

    private static @Nullable Instant time(JsonParser json) throws IOException {
        String text = text(json);
        return text == null ? null : Instant.parse(text);
    }

    private static <E extends Enum<E>> @Nullable E constant(E[] values, String word) {
        for (E value : values) {
            if (value.name().equalsIgnoreCase(word)) {
                return value;
            }
        }
        return null;
    }
}
