package io.patchwar.standalone.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.patchwar.model.War;
import io.patchwar.model.wire.WarJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What anybody can read of the wars: {@code GET /api/v1/wars}. Thread-safe.
 *
 * @param list where they are
 */
record WarsPage(HttpClient http, URI list) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * The wars as they stand now.
     *
     * @throws IOException if they cannot be had; trying again may help
     */
    List<War> read() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(list).timeout(PATIENCE).GET().build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(list + " answers with status " + response.statusCode());
        }
        return wars(response.body());
    }

    /** The member {@code wars} of the document. */
    static List<War> wars(byte[] document) throws IOException {
        List<War> wars = new ArrayList<>();
        try (JsonParser json = JSON.createParser(document)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the list of wars is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isWars = json.currentName().equals("wars");
                JsonToken value = json.nextToken();
                if (isWars && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        wars.add(WarJson.read(json));
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
        return wars;
    }
}
