package io.patchwar.model.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ingest's word that a cluster's source is heard ({@code detection.md} section 3, "Time").
 *
 * @param cluster whose time it moves
 * @param source of the events, as in their header
 * @param heardUpTo the newest stamp heard of that source, and the time since it arrived on top
 * @param ordered whether the source delivers in the order of its stamps
 */
public record Heartbeat(String cluster, String source, Instant heardUpTo, boolean ordered) {
    private static final JsonFactory JSON = new JsonFactory();

    public byte[] toJson() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("cluster", cluster);
            json.writeStringField("source", source);
            json.writeStringField("heardUpTo", heardUpTo.toString());
            json.writeBooleanField("ordered", ordered);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** What the record's value says; null if it is no heartbeat. Members that are not known are passed over. */
    public static @Nullable Heartbeat parse(byte[] value) {
        String cluster = null;
        String source = "";
        Instant heardUpTo = null;
        boolean ordered = false;
        try (JsonParser json = JSON.createParser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            String name;
            while ((name = json.nextFieldName()) != null) {
                json.nextToken();
                switch (name) {
                    case "cluster" -> cluster = json.getValueAsString();
                    case "source" -> source = json.getValueAsString("");
                    case "heardUpTo" -> heardUpTo = Instant.parse(json.getValueAsString(""));
                    case "ordered" -> ordered = json.getValueAsBoolean();
                    default -> json.skipChildren();
                }
            }
        } catch (IOException | DateTimeException e) {
            return null;
        }
        return cluster == null || cluster.isEmpty() || heardUpTo == null
                ? null
                : new Heartbeat(cluster, source, heardUpTo, ordered);
    }
}
