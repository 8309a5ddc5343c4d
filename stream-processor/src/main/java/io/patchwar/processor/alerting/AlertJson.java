package io.patchwar.processor.alerting;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Alerts as {@code POST /api/v2/alerts} takes them: an array. Stateless. */
final class AlertJson {
    private static final JsonFactory JSON = new JsonFactory();

    private AlertJson() {}

    static byte[] of(List<Alert> alerts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2048 * alerts.size() + 16);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (Alert alert : alerts) {
                json.writeStartObject();
                texts("labels", alert.labels(), json);
                texts("annotations", alert.annotations(), json);
                json.writeStringField("startsAt", alert.startsAt().toString());
                json.writeStringField("endsAt", alert.endsAt().toString());
                URI link = alert.generatorUrl();
                if (link != null) {
                    json.writeStringField("generatorURL", link.toString());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory takes every byte", e);
        }
        return out.toByteArray();
    }

    private static void texts(String name, Map<String, String> texts, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }
}
