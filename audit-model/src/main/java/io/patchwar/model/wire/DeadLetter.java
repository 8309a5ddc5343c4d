package io.patchwar.model.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What could not be read, as it stands in the topic {@code audit-events-dlq}, whoever could not read it. It says why and where,
 * and not what: a keyed digest stands in place of the input, which may hold anything.
 *
 * @param reason a word of a closed list
 * @param detail for a person, never holds input; null if the reason says all
 * @param cluster the user's name for it
 * @param source within the cluster; may be empty
 * @param partition of a topic of ours in which it stands; null if it was read elsewhere
 * @param position a byte of a file, a number of an item, an offset; -1 if it has none
 * @param bytes length of the input
 * @param digest of the input
 */
public record DeadLetter(
        String reason,
        @Nullable String detail,
        String cluster,
        String source,
        @Nullable Partition partition,
        long position,
        int bytes,
        String digest) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> TOLD = Set.of("reason", "position", "digest");

    /** A partition of a topic. */
    public record Partition(String topic, int number) {}

    /** As JSON in UTF-8. */
    public byte[] toJson() {
        return toJson(null, 0, 0);
    }

    /** As JSON in UTF-8, with that of the input along, secrets and all: only where an operator asks for it. */
    public byte[] toJson(byte @Nullable [] input, int from, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("reason", reason);
            if (detail != null) {
                json.writeStringField("detail", detail);
            }
            json.writeStringField("cluster", cluster);
            json.writeStringField("source", source);
            if (partition != null) {
                json.writeStringField("topic", partition.topic());
                json.writeNumberField("partition", partition.number());
            }
            json.writeNumberField("position", position);
            json.writeNumberField("bytes", bytes);
            json.writeStringField("digest", digest);
            if (input != null) {
                json.writeFieldName("input");
                json.writeBinary(input, from, length);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory takes every byte", e);
        }
        return out.toByteArray();
    }

    /**
     * What a letter tells of itself, for who looks through a topic of them without opening each: reason, position and digest, as
     * text. Read from the letter, as it may come out of a spool that knows of no headers.
     *
     * @param letter as {@link #toJson} wrote it
     */
    public static Map<String, String> told(byte[] letter) {
        Map<String, String> told = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(letter)) {
            json.nextToken();
            String name;
            while ((name = json.nextFieldName()) != null) {
                json.nextToken();
                if (TOLD.contains(name)) {
                    told.put(name, json.getText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("letters are written here", e);
        }
        return told;
    }
}
