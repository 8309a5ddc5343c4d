package io.patchwar.model.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.Slice;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one audit event from bytes. The head is read token by token and reading ends as soon as it is known that the
 * event cannot matter; the bodies are not read at all, only where they end is looked for. One thread.
 */
final class EventParser {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxNameLength(1 << 20)
                    .maxStringLength(64 << 20)
                    .build())
            .build();

    /** Members that only an envelope has; what they hold is read once, by whoever opens it. */
    private static final Set<String> ENVELOPES = Set.of("items", "records", "logEvents", "streams", "resourceLogs");

    private static final int END = -1;
    private static final int SKIPPED = -2;

    private final EventHead head;

    EventParser(EventHead head) {
        this.head = head;
    }

    /**
     * Reads the event at {@code [from, to)} into the head.
     *
     * @return why it cannot matter, as soon as that is known; null if it was read to its end
     */
    @Nullable
    SkipReason read(byte[] b, int from, int to) throws IOException {
        int at = from;
        int cut = -1;
        try {
            while (true) {
                int resume;
                try (JsonParser p = JSON.createParser(b, at, to - at)) {
                    if (p.nextToken() != JsonToken.START_OBJECT) {
                        return null;
                    }
                    resume = readMembers(p, b, at, to);
                }
                if (resume == SKIPPED) {
                    return head.irrelevance();
                }
                if (resume == END) {
                    return null;
                }
                if (cut >= 0) {
                    b[cut] = ',';
                }
                // Behind a body the event goes on with a comma. Made an opening bracket, it begins an object that holds
                // the rest: the reader starts afresh there and never sees the body.
                cut = resume;
                b[cut] = '{';
                at = cut;
            }
        } finally {
            if (cut >= 0) {
                b[cut] = ',';
            }
        }
    }

    /** Reads members up to the end or past a body; returns where reading goes on. */
    private int readMembers(JsonParser p, byte[] b, int base, int to) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            JsonToken token = p.nextToken();
            if (field.equals("requestObject") || field.equals("responseObject") || field.equals("responseStatus")) {
                if (head.irrelevance() != null) {
                    return SKIPPED;
                }
                int start = base + (int) p.currentTokenLocation().getByteOffset();
                int end = JsonScan.endOf(b, start, to);
                Slice value = new Slice(b, start, end);
                keep(field, value);
                if (value.isObject() || value.isArray()) {
                    int next = JsonScan.skipSpace(b, end, to);
                    return next < to && b[next] == ',' ? next : END;
                }
                continue;
            }
            if (!head.isEvent && token == JsonToken.START_ARRAY && ENVELOPES.contains(field)) {
                return END;
            }
            if (!readMember(p, field, token)) {
                return SKIPPED;
            }
        }
        return END;
    }

    private void keep(String field, Slice value) {
        boolean body = value.isObject() || value.isArray();
        switch (field) {
            case "requestObject" -> head.request = body ? value : null;
            case "responseObject" -> head.response = value.isObject() ? value : null;
            default -> {
                if (body) {
                    head.readStatus(value);
                }
            }
        }
        // A log store that could not take a large body puts a word in its place: the event is cut, whatever its level.
        if (!body && value.isString() && !field.equals("responseStatus")) {
            head.truncated = true;
        }
    }

    /** Takes one member of the head; false as soon as the event cannot matter. */
    private boolean readMember(JsonParser p, String field, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            switch (field) {
                case "user" -> head.readUser(p, false);
                case "impersonatedUser" -> head.readUser(p, true);
                case "objectRef" -> {
                    head.readObjectRef(p);
                    return head.irrelevance() == null;
                }
                case "annotations" -> readAnnotations(p);
                default -> p.skipChildren();
            }
            return true;
        }
        switch (field) {
            case "kind" -> head.kind = p.getText();
            case "auditID" -> {
                head.auditID = p.getText();
                head.isEvent = true;
            }
            case "stage" -> {
                head.stage = p.getText();
                return head.irrelevance() == null;
            }
            case "requestURI" -> head.uri = p.getText();
            case "verb" -> {
                head.verb = p.getText();
                return head.irrelevance() == null;
            }
            case "userAgent" -> head.userAgent = p.getText();
            case "requestReceivedTimestamp" -> head.received = Timestamps.parse(p.getText());
            case "timestamp" -> head.received = head.received == null ? Timestamps.parse(p.getText()) : head.received;
            case "stageTimestamp" -> head.time = Timestamps.parse(p.getText());
            default -> {}
        }
        return true;
    }

    private void readAnnotations(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String key = p.currentName();
            if (p.nextToken() == JsonToken.VALUE_STRING) {
                head.readAnnotation(key, p.getText());
            } else {
                p.skipChildren();
            }
        }
    }
}
