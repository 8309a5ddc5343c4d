package io.patchwar.model.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.patchwar.model.Conflict;
import io.patchwar.model.Contender;
import io.patchwar.model.Evidence;
import io.patchwar.model.Lifecycle;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Rejection;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.words.Sentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wars, findings and conflicts as JSON, member by member as {@code docs/json.md} has them. Members are always there, null
 * where nothing is known; only {@code rejection} and {@code muted} are left out where they do not apply. Names and values
 * stand as the API server recorded them; whoever shows them to people makes them safe. Stateless.
 */
public final class WarJson {
    /** Name and version of the contract. */
    public static final String SCHEMA = "patchwar.io/v1";

    // Source of a parse error is text from clusters: it must not end in our logs.
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private WarJson() {}

    /** Writes a war or finding as one object. */
    public static void write(War war, JsonGenerator json) throws IOException {
        write(war, json, more -> {});
    }

    /** Members that somebody has to add to those of the contract. */
    public interface More {
        void write(JsonGenerator json) throws IOException;
    }

    /** The same, with more members at the end of the object. */
    public static void write(War war, JsonGenerator json, More more) throws IOException {
        json.writeStartObject();
        writeMembers(war, json);
        more.write(json);
        json.writeEndObject();
    }

    /** The value of a record of the topic {@code wars}: the war, and {@code lifecycle}, {@code revision} and {@code cluster}. */
    public static byte[] write(WarUpdate update) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            writeMembers(update.war(), json);
            text(json, "lifecycle", update.lifecycle().word());
            json.writeNumberField("revision", update.war().revision());
            text(json, "cluster", update.war().object().cluster());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory takes every byte", e);
        }
        return out.toByteArray();
    }

    /**
     * Reads a record of the topic {@code wars}. What the contract leaves out stays out: periods are to the millisecond, and a
     * rejection names no fields.
     *
     * @throws IOException if it is none; the message says why, and holds nothing that must not be logged
     */
    public static WarUpdate readUpdate(byte[] value) throws IOException {
        try (JsonParser json = JSON.createParser(value)) {
            WarReader reader = WarReader.read(json);
            Lifecycle lifecycle = reader.lifecycle;
            if (lifecycle == null) {
                throw new IOException("no update of a war: it has no lifecycle that is known");
            }
            return new WarUpdate(reader.war(), lifecycle);
        }
    }

    /**
     * Reads a war or finding, from where the parser stands to the end of its object; the revision is 0 where none was
     * written.
     *
     * @throws IOException if it is none
     */
    public static War read(JsonParser json) throws IOException {
        return WarReader.read(json).war();
    }

    private static void writeMembers(War war, JsonGenerator json) throws IOException {
        text(json, "id", war.id());
        text(json, "class", war.warClass().word());
        text(json, "severity", war.severity().word());
        text(json, "confidence", war.confidence().word());
        text(json, "state", war.state().word());
        json.writeFieldName("object");
        writeObject(war.object(), war.uid(), json);
        texts(json, "fields", war.fields());
        json.writeArrayFieldStart("contenders");
        for (Contender contender : war.contenders()) {
            writeContender(contender, json);
        }
        json.writeEndArray();
        json.writeNumberField("reversals", war.reversals());
        period(json, war.period());
        text(json, "startedAt", war.startedAt().toString());
        text(json, "lastChangeAt", war.lastChangeAt().toString());
        time(json, "endedAt", war.endedAt());
        json.writeArrayFieldStart("evidence");
        for (Evidence evidence : war.evidence()) {
            writeEvidence(evidence, json);
        }
        json.writeEndArray();
        json.writeFieldName("load");
        LoadJson.write(war.load(), json);
        Rejection rejection = war.rejection();
        if (war.warClass() == WarClass.REJECTED && rejection != null) {
            json.writeFieldName("rejection");
            writeRejection(rejection, json);
        }
        if (war.muted() != null) {
            text(json, "muted", war.muted());
        }
        text(json, "summary", Sentence.of(war));
    }

    /** Writes a conflict as one object. */
    public static void write(Conflict conflict, JsonGenerator json) throws IOException {
        json.writeStartObject();
        text(json, "id", conflict.id());
        text(json, "cluster", conflict.cluster());
        text(json, "class", conflict.warClass().word());
        text(json, "resource", conflict.resource());
        texts(json, "fields", conflict.fields());
        json.writeArrayFieldStart("contenders");
        for (Contender contender : conflict.contenders()) {
            writeContender(contender, json);
        }
        json.writeEndArray();
        texts(json, "wars", conflict.wars());
        json.writeNumberField("reversals", conflict.reversals());
        text(json, "summary", Sentence.of(conflict));
        json.writeEndObject();
    }

    private static void writeObject(ObjectRef object, @Nullable String uid, JsonGenerator json) throws IOException {
        json.writeStartObject();
        text(json, "cluster", object.cluster());
        text(json, "group", object.group());
        text(json, "resource", object.resource());
        text(json, "namespace", object.namespace());
        text(json, "name", object.name());
        text(json, "uid", uid);
        json.writeEndObject();
    }

    private static void writeContender(Contender contender, JsonGenerator json) throws IOException {
        json.writeStartObject();
        text(json, "account", contender.account());
        text(json, "program", contender.program());
        texts(json, "instances", contender.instances());
        json.writeNumberField("writes", contender.writes());
        json.writeNumberField("rejected", contender.rejected());
        json.writeObjectFieldStart("values");
        for (Map.Entry<String, List<String>> values : contender.values().entrySet()) {
            texts(json, whole(values.getKey()), values.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeEvidence(Evidence evidence, JsonGenerator json) throws IOException {
        json.writeStartObject();
        text(json, "auditID", evidence.auditID());
        text(json, "resourceVersion", evidence.resourceVersion());
        text(json, "time", evidence.time().toString());
        text(json, "account", evidence.account());
        text(json, "program", evidence.program());
        text(json, "instance", evidence.instance());
        text(json, "verb", evidence.verb());
        text(json, "field", evidence.field());
        text(json, "from", evidence.from());
        text(json, "to", evidence.to());
        json.writeEndObject();
    }

    private static void writeRejection(Rejection rejection, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("code", rejection.code());
        text(json, "reason", rejection.reason());
        text(json, "message", rejection.message());
        text(json, "policy", rejection.policy());
        texts(json, "managers", rejection.managers());
        json.writeEndObject();
    }

    private static void period(JsonGenerator json, @Nullable Duration period) throws IOException {
        if (period == null) {
            json.writeNullField("periodSeconds");
        } else {
            json.writeNumberField("periodSeconds", period.toMillis() / 1000.0);
        }
    }

    /** A moment as every member of the contract has it: RFC 3339 in UTC, null where there was none. */
    public static void time(JsonGenerator json, String name, @Nullable Instant time) throws IOException {
        text(json, name, time == null ? null : time.toString());
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(whole(text));
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        json.writeFieldName(name);
        if (text == null) {
            json.writeNull();
        } else {
            json.writeString(whole(text));
        }
    }

    /** Half a surrogate pair cannot be written in UTF-8, and a client may well send one; it becomes U+FFFD. */
    static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return replaced(text);
                }
            }
        }
        return text;
    }

    private static String replaced(String text) {
        int[] whole = text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                .toArray();
        return new String(whole, 0, whole.length);
    }
}
