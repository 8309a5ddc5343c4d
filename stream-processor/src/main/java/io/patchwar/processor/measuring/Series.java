package io.patchwar.processor.measuring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One series of the answer to an instant query.
 *
 * @param value finite
 */
record Series(Map<String, String> labels, double value, Instant at) {
    /** More than any query here could mean. */
    static final int MOST = 10_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    Series {
        labels = Map.copyOf(labels);
    }

    /**
     * Reads what Prometheus' {@code /api/v1/query} answers; series without a number are left out.
     *
     * @throws IOException if it is no such answer, a refusal, or more than {@link #MOST} series
     */
    static List<Series> read(byte[] answer) throws IOException {
        JsonNode json = JSON.readTree(answer);
        if (!json.path("status").asText().equals("success")) {
            throw new IOException(
                    "the query was refused: " + shortened(json.path("error").asText("no reason given")));
        }
        JsonNode data = json.path("data");
        if (!data.path("resultType").asText().equals("vector")) {
            throw new IOException("the query gives no vector but "
                    + shortened(data.path("resultType").asText("nothing that is known")));
        }
        if (data.path("result").size() > MOST) {
            throw new IOException("the query gives more than " + MOST + " series");
        }
        List<Series> all = new ArrayList<>();
        for (JsonNode one : data.path("result")) {
            double value = one.path("value").path(1).asDouble(Double.NaN);
            if (Double.isFinite(value)) {
                Map<String, String> labels = new HashMap<>();
                one.path("metric")
                        .properties()
                        .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
                long millis = Math.round(one.path("value").path(0).asDouble() * 1_000);
                all.add(new Series(labels, value, Instant.ofEpochMilli(millis)));
            }
        }
        return all;
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
