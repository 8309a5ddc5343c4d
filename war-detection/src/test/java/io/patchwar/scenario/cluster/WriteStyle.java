package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** The ways to change an object that exists. The content type that tells the patches apart is in no audit event. */
public enum WriteStyle {
    PUT,
    MERGE,
    STRATEGIC,
    JSON_PATCH,
    APPLY;

    public static WriteStyle named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The body with which a client that saw {@code base} asks for these edits; an apply needs no base but its own intent. */
    public JsonNode body(ObjectNode base, List<Edit> edits) {
        return switch (this) {
            case PUT, APPLY -> {
                ObjectNode whole = base.deepCopy();
                Edit.apply(edits, whole);
                yield whole;
            }
            case MERGE -> MergePatch.of(base, edits);
            case STRATEGIC -> StrategicPatch.of(edits);
            case JSON_PATCH -> JsonPatch.of(base, edits);
        };
    }
}
