package io.patchwar.processor.investigation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.patchwar.model.words.SafeText;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What to answer.
 *
 * @param status of HTTP
 * @param type of the content
 * @param headers beside those that every answer has
 * @param body written when it is sent
 */
record Reply(int status, String type, Map<String, String> headers, Body body) {
    private static final int LONGEST = 300;

    /** Writes the content. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    static Reply of(String etag, Body body) {
        return new Reply(200, "application/json", Map.of("ETag", etag), body);
    }

    /** The asker has it already. */
    static Reply unchanged(String etag) {
        return new Reply(304, "application/json", Map.of("ETag", etag), json -> {});
    }

    /**
     * Why there is nothing to be had, as RFC 9457 has it.
     *
     * @param detail one sentence that says what to do; may hold what the asker sent
     * @param known what could have been asked for; may be empty
     */
    static Reply problem(int status, String title, String detail, List<String> known, Map<String, String> headers) {
        return new Reply(status, "application/problem+json", headers, json -> {
            json.writeStartObject();
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", SafeText.of(detail, LONGEST));
            if (!known.isEmpty()) {
                json.writeArrayFieldStart("known");
                for (String one : known) {
                    json.writeString(one);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }
}
