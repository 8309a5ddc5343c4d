package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What the server answers.
 *
 * @param body the object, its Scale, a list, or a Status
 * @param annotations what admission wrote into the audit event
 */
public record Reply(int code, ObjectNode body, Map<String, String> annotations) {

    public Reply {
        annotations = Map.copyOf(annotations);
    }

    Reply(int code, ObjectNode body) {
        this(code, body, Map.of());
    }

    static Reply of(Failure failure) {
        return new Reply(failure.code(), failure.status());
    }

    public boolean accepted() {
        return code < 300;
    }
}
