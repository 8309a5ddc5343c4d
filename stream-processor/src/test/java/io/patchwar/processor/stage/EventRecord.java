package io.patchwar.processor.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.wire.Heartbeat;
import io.patchwar.model.wire.ObjectKey;
import io.patchwar.model.wire.RecordHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/**
 * A record of {@code audit-events} as ingest writes it: keyed by object, a record for each item of a collection.
 *
 * @param key null for a heartbeat
 * @param stamp of the event, or what the heartbeat heard up to
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record EventRecord(byte[] key, byte[] value, String cluster, String source, boolean heartbeat, Instant stamp) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What ingest makes of a line of an audit log; a line that is no write becomes one record, so that it is counted. */
    public static List<EventRecord> of(byte[] line, String cluster, String source) {
        List<EventRecord> records = new ArrayList<>();
        byte[] own = line.clone();
        new AuditReader(cluster, Scope.DEFAULT).read(own, 0, own.length, source, new AuditSink() {
            @Override
            public void accepted(AuditEvent event) {
                if (event.verb() == Verb.DELETECOLLECTION) {
                    items(line, event, records);
                } else {
                    records.add(
                            new EventRecord(ObjectKey.of(event.object()), line, cluster, source, false, event.time()));
                }
            }

            @Override
            public void skipped(SkipReason reason) {
                records.add(new EventRecord(text(cluster), line, cluster, source, false, Instant.EPOCH));
            }

            @Override
            public void rejected(RejectReason reason, String detail) {
                throw new IllegalArgumentException(reason + ": " + detail);
            }
        });
        return records;
    }

    public static EventRecord heartbeat(String cluster, String source, Instant heardUpTo, boolean ordered) {
        return new EventRecord(
                null, new Heartbeat(cluster, source, heardUpTo, ordered).toJson(), cluster, source, true, heardUpTo);
    }

    private static void items(byte[] line, AuditEvent event, List<EventRecord> records) {
        try {
            ObjectNode all = (ObjectNode) JSON.readTree(line);
            for (JsonNode item : all.path("responseObject").path("items")) {
                ObjectNode one = all.deepCopy();
                one.remove("responseObject");
                String name = item.path("metadata").path("name").asText();
                String namespace = item.path("metadata").path("namespace").asText("");
                one.put("verb", "delete")
                        .put("requestURI", all.path("requestURI").asText() + "#" + name);
                one.withObject("/objectRef")
                        .put("name", name)
                        .put("namespace", namespace)
                        .put("uid", item.path("metadata").path("uid").asText());
                ObjectRef ref = new ObjectRef(
                        event.object().cluster(),
                        event.object().group(),
                        event.object().resource(),
                        namespace,
                        name);
                records.add(new EventRecord(
                        ObjectKey.of(ref),
                        JSON.writeValueAsBytes(one),
                        ref.cluster(),
                        event.source(),
                        false,
                        event.time()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The headers that ingest gives it. */
    public Headers headers() {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        headers.add(RecordHeaders.CLUSTER, text(cluster));
        headers.add(RecordHeaders.SOURCE, text(source));
        if (heartbeat) {
            headers.add(RecordHeaders.HEARTBEAT, text("1"));
        }
        return headers;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
