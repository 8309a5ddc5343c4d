package io.patchwar.ingest.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.patchwar.ingest.redact.DigestKey;
import io.patchwar.model.wire.TopicName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What could not be read, as records that say why and where: by default with a keyed digest in place of the input, which may
 * hold anything. Within a budget, so that somebody's wrong file does not fill the topic. Thread-safe.
 */
public final class DeadLetters {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration SPAN = Duration.ofMinutes(1);
    private static final int MOST_IN_SPAN = 1_000;
    private static final int MOST_KEPT = 64 << 10;
    private static final Set<String> TOLD = Set.of("reason", "position", "digest");

    private final DigestKey key;
    private final boolean keepInput;
    private Instant spanBegan = Instant.MIN;
    private int inSpan;

    /**
     * @param keepInput whether the input itself, secrets and all, goes along; its first 64 KiB
     */
    public DeadLetters(DigestKey key, boolean keepInput) {
        this.key = key;
        this.keepInput = keepInput;
    }

    /** The record for a document; null if there were too many of late. */
    @Nullable
    OutRecord of(Origin origin, String reason, byte[] b, int from, int to, long position, Instant now) {
        if (!withinBudget(now)) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("reason", reason);
            json.writeStringField("cluster", origin.cluster());
            json.writeStringField("source", origin.source());
            json.writeNumberField("position", position);
            json.writeNumberField("bytes", to - from);
            json.writeStringField("digest", key.digest(b, from, to));
            if (keepInput) {
                json.writeFieldName("input");
                json.writeBinary(b, from, Math.min(to - from, MOST_KEPT));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new OutRecord(TopicName.DEAD_LETTERS, null, out.toByteArray(), origin.cluster(), origin.source(), now);
    }

    /**
     * What a letter tells of itself, for who looks through a topic of them without opening each: what is in its headers. Read from
     * the letter, as it may come out of a spool that knows of no headers.
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

    /** The letter in place of a record that cannot be delivered; null if there were too many of late. */
    public @Nullable OutRecord of(OutRecord record, String reason, Instant now) {
        byte[] value = record.value();
        return of(Origin.pushed(record.cluster(), record.source()), reason, value, 0, value.length, -1, now);
    }

    private synchronized boolean withinBudget(Instant now) {
        if (spanBegan.equals(Instant.MIN) || !now.isBefore(spanBegan.plus(SPAN)) || now.isBefore(spanBegan)) {
            spanBegan = now;
            inSpan = 0;
        }
        return inSpan++ < MOST_IN_SPAN;
    }
}
