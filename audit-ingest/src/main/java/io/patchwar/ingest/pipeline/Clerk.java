package io.patchwar.ingest.pipeline;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.redact.Redactor;
import io.patchwar.ingest.wire.EventEncoder;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Outcome;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import io.patchwar.model.wire.ObjectKey;
import io.patchwar.model.wire.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes records of events: filtered, clamped, redacted, encoded; one record an event, or one for each item of a collection. One thread. */
final class Clerk {
    /** How far a stamp may be ahead of the wall clock; beyond, it would end wars that are still fought. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    /** Below what the topic takes, with room for key and headers: more is sent without its bodies. */
    static final int LARGEST_VALUE = 5 << 20;

    private final IngestScope scope;
    private final Redactor redactor;
    private final EventEncoder encoder = new EventEncoder();
    private final IngestMetrics metrics;
    private final InstantSource clock;

    Clerk(IngestScope scope, Redactor redactor, IngestMetrics metrics, InstantSource clock) {
        this.scope = scope;
        this.redactor = redactor;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Hands the event's records on; returns why there are none, in the word of metrics, null if there are. */
    @Nullable
    String write(AuditEvent event, Consumer<OutRecord> out) {
        String dropped = scope.drops(event);
        if (dropped != null) {
            return dropped;
        }
        if (event.verb() == Verb.DELETECOLLECTION) {
            return writeCollection(event, out);
        }
        out.accept(record(event));
        return null;
    }

    /** One deletion for each item of the reply's list; without a list nobody can tell what is gone. */
    private @Nullable String writeCollection(AuditEvent event, Consumer<OutRecord> out) {
        if (event.outcome() != Outcome.ACCEPTED) {
            return "collection-refused";
        }
        try {
            Slice items = Members.find(event.response(), "items");
            if (items == null || !items.isArray()) {
                return "collection-unlisted";
            }
            Members m = new Members(items);
            while (m.next()) {
                Slice metadata = Members.find(m.value(), "metadata");
                String name = Members.text(metadata, "name");
                if (name != null && !name.isEmpty()) {
                    String namespace = Members.text(metadata, "namespace");
                    ObjectRef all = event.object();
                    ObjectRef item = new ObjectRef(
                            all.cluster(), all.group(), all.resource(), namespace == null ? "" : namespace, name);
                    out.accept(record(event.deletionOf(item, Members.text(metadata, "uid"))));
                }
            }
            return null;
        } catch (MalformedJsonException e) {
            return "collection-unlisted";
        }
    }

    private OutRecord record(AuditEvent event) {
        Instant now = clock.instant();
        Instant latest = now.plus(AHEAD);
        boolean ahead = event.time().isAfter(latest);
        if (ahead || event.received().isAfter(latest)) {
            metrics.clamped(event.object().cluster());
        }
        AuditEvent redacted = redactor.redact(event);
        byte[] value = encode(redacted, now, latest);
        if (value.length > LARGEST_VALUE) {
            metrics.bodiesRemoved(event.object().cluster());
            value = encode(redacted.withoutBodies(), now, latest);
        }
        return new OutRecord(
                TopicName.AUDIT_EVENTS,
                ObjectKey.of(event.object()),
                value,
                event.object().cluster(),
                event.source(),
                now);
    }

    private byte[] encode(AuditEvent event, Instant now, Instant latest) {
        return encoder.encode(
                event,
                event.received().isAfter(latest) ? now : event.received(),
                event.time().isAfter(latest) ? now : event.time());
    }
}
