package io.patchwar.model.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.patchwar.model.AskedChange;
import io.patchwar.model.FieldChange;
import io.patchwar.model.FieldValue;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one write changed, as the value of a record of the topic {@code field-changes}; {@code docs/topics.md} has its members.
 * Of very many fields the first are named, and it says how many there were. Stateless.
 */
public final class ChangesJson {
    /** Fields named in one record. */
    public static final int MOST_FIELDS = 64;

    private static final JsonFactory JSON = new JsonFactory();

    private ChangesJson() {}

    public static byte[] write(ObjectRef object, Observation write) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("time", write.time().toString());
            text(json, "auditID", write.auditID());
            text(json, "resourceVersion", write.version());
            json.writeObjectFieldStart("object");
            text(json, "cluster", object.cluster());
            text(json, "group", object.group());
            text(json, "resource", object.resource());
            text(json, "namespace", object.namespace());
            text(json, "name", object.name());
            text(json, "uid", write.uid());
            json.writeEndObject();
            text(json, "account", write.actor().account());
            text(json, "program", write.actor().program());
            text(json, "instance", write.actor().instance());
            text(json, "verb", write.verb());
            text(json, "part", word(write.part()));
            text(json, "existence", word(write.existence()));
            json.writeNumberField("fields", write.changes().size());
            json.writeArrayFieldStart("changes");
            for (FieldChange change : write.changes()
                    .subList(0, Math.min(MOST_FIELDS, write.changes().size()))) {
                change(json, change);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("asked");
            for (AskedChange asked :
                    write.asked().subList(0, Math.min(MOST_FIELDS, write.asked().size()))) {
                json.writeStartObject();
                text(json, "field", asked.path());
                value(json, "asked", asked.asked());
                value(json, "stored", asked.stored());
                text(json, "program", asked.program());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory takes every byte", e);
        }
        return out.toByteArray();
    }

    private static void change(JsonGenerator json, FieldChange change) throws IOException {
        json.writeStartObject();
        text(json, "field", change.path());
        value(json, "from", change.from());
        value(json, "to", change.to());
        text(json, "owner", word(change.owner()));
        text(json, "confidence", change.confidence().word());
        json.writeBooleanField("derived", change.derived());
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, String name, FieldValue value) throws IOException {
        text(json, name, value.isAbsent() ? null : value.text());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        json.writeFieldName(name);
        if (text == null) {
            json.writeNull();
        } else {
            json.writeString(WarJson.whole(text));
        }
    }
}
