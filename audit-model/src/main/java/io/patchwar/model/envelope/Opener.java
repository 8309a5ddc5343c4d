package io.patchwar.model.envelope;

import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes one layer off a JSON document ({@code facts: audit-events} 5.7): recognises the envelope by its members and hands
 * out what lies inside. The caller goes on with that, a few layers deep. Stateless.
 */
public final class Opener {
    /** What one layer may unpack to; a gzip bomb ends here. */
    private static final int MOST_INFLATED = 64 << 20;

    private static final String[] TEXT_FIELDS = {"log", "message", "body", "line", "_raw"};
    private static final String[] OBJECT_FIELDS = {"audit", "kubernetes_audit", "structured", "event", "json", "_source"
    };

    private Opener() {}

    /**
     * Opens {@code document} if it is an envelope.
     *
     * @return which one it is, null if it is none that is known; then nothing was handed out
     */
    public static @Nullable Envelope open(Slice document, Opened opened) {
        if (document.isArray()) {
            Members.forEach(document, item -> opened.document(item, ""));
            return Envelope.ARRAY;
        }
        if (!document.isObject()) {
            return null;
        }
        String source = firstText(document, "hostname", "host", "pod", "node_name");
        Slice list = Members.find(document, "items");
        if (list != null && list.isArray() && isEventList(document)) {
            Members.forEach(list, item -> opened.document(item, source));
            return Envelope.EVENT_LIST;
        }
        if ((list = Members.find(document, "records")) != null && list.isArray()) {
            Members.forEach(list, record -> openAks(record, opened));
            return Envelope.AKS;
        }
        if (Members.text(Members.find(document, "properties"), "log") != null) {
            openAks(document, opened);
            return Envelope.AKS;
        }
        if (Members.find(document, "logEvents") != null || Members.find(document, "awslogs") != null) {
            openEks(document, opened);
            return Envelope.EKS;
        }
        if ((list = Members.find(document, "streams")) != null && list.isArray()) {
            Members.forEach(list, stream -> openLoki(stream, opened));
            return Envelope.LOKI;
        }
        if ((list = Members.find(document, "resourceLogs")) != null && list.isArray()) {
            Members.forEach(list, resource -> openOtlp(resource, opened));
            return Envelope.OTLP;
        }
        return openShipper(document, source, opened);
    }

    private static boolean isEventList(Slice document) {
        String kind = Members.text(document, "kind");
        return kind == null || kind.equals("EventList");
    }

    /** One diagnostic record; the event is a string of JSON, other categories carry plain text. */
    private static void openAks(Slice record, Opened opened) {
        Slice properties = Members.find(record, "properties");
        String log = Members.text(properties, "log");
        String category = Members.text(record, "category");
        if (log == null || (category != null && !category.startsWith("kube-audit"))) {
            opened.nothing();
            return;
        }
        String pod = Members.text(properties, "pod");
        opened.document(Slice.of(log.strip()), pod == null ? "" : pod);
    }

    private static void openEks(Slice document, Opened opened) {
        String data = Members.text(Members.find(document, "awslogs"), "data");
        if (data != null) {
            byte[] inner = base64(data);
            if (inner == null) {
                opened.nothing();
            } else {
                opened.document(Slice.of(inner), "");
            }
            return;
        }
        String stream = orEmpty(Members.text(document, "logStream"));
        Slice events = Members.find(document, "logEvents");
        boolean audit = stream.isEmpty() || stream.contains("audit");
        if (!audit || events == null || "CONTROL_MESSAGE".equals(Members.text(document, "messageType"))) {
            opened.nothing();
            return;
        }
        Members.forEach(events, event -> {
            String message = Members.text(event, "message");
            if (message == null) {
                opened.nothing();
            } else {
                opened.document(Slice.of(message.strip()), stream);
            }
        });
    }

    private static void openLoki(Slice stream, Opened opened) {
        Slice values = Members.find(stream, "values");
        if (values == null) {
            opened.nothing();
            return;
        }
        String source = firstText(Members.find(stream, "stream"), "node_name", "host", "hostname", "instance");
        Members.forEach(values, value -> {
            Members pair = new Members(value);
            boolean stamped = pair.next();
            if (stamped && pair.next()) {
                opened.document(Slice.of(pair.value().text().strip()), source);
            } else {
                opened.nothing();
            }
        });
    }

    private static void openOtlp(Slice resource, Opened opened) {
        Slice scopes = Members.find(resource, "scopeLogs");
        if (scopes == null) {
            opened.nothing();
            return;
        }
        Members.forEach(scopes, scope -> {
            Slice records = Members.find(scope, "logRecords");
            if (records == null) {
                opened.nothing();
                return;
            }
            Members.forEach(records, record -> {
                String body = Members.text(Members.find(record, "body"), "stringValue");
                if (body == null) {
                    opened.nothing();
                } else {
                    opened.document(Slice.of(body.strip()), "");
                }
            });
        });
    }

    private static @Nullable Envelope openShipper(Slice document, String source, Opened opened) {
        Slice nested = Members.find(document, "kubernetes", "audit");
        if (nested != null && nested.isObject()) {
            opened.document(nested, source);
            return Envelope.NESTED;
        }
        String original = Members.text(Members.find(document, "event"), "original");
        if (original != null) {
            opened.document(Slice.of(original.strip()), source);
            return Envelope.SHIPPER;
        }
        for (String field : TEXT_FIELDS) {
            Slice text = Members.find(document, field);
            if (text != null && text.isString()) {
                opened.document(Slice.of(text.text().strip()), source);
                return Envelope.SHIPPER;
            }
            if (text != null && text.isObject() && !field.equals("log")) {
                opened.document(text, source);
                return Envelope.NESTED;
            }
        }
        for (String field : OBJECT_FIELDS) {
            Slice inner = Members.find(document, field);
            if (inner != null && inner.isObject()) {
                opened.document(inner, source);
                return Envelope.NESTED;
            }
        }
        return null;
    }

    private static String firstText(@Nullable Slice object, String... names) {
        for (String name : names) {
            Slice found = Members.find(object, name);
            if (found != null && found.isString()) {
                return found.text();
            }
            String inner = Members.text(found, "name");
            if (inner != null) {
                return inner;
            }
        }
        return "";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static byte @Nullable [] base64(String data) {
        try {
            return Base64.getDecoder().decode(data.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether the bytes begin as gzip does. */
    public static boolean isGzip(Slice document) {
        return document.length() > 2
                && document.bytes()[document.from()] == 0x1f
                && document.bytes()[document.from() + 1] == (byte) 0x8b;
    }

    /** The unpacked bytes; null if they are no gzip after all, or unpack to more than anyone should send. */
    public static byte @Nullable [] inflate(Slice document) {
        try (GZIPInputStream in = new GZIPInputStream(
                new ByteArrayInputStream(document.bytes(), document.from(), document.length()), 1 << 16)) {
            byte[] inflated = in.readNBytes(MOST_INFLATED + 1);
            return inflated.length > MOST_INFLATED ? null : inflated;
        } catch (IOException e) {
            return null;
        }
    }
}
