package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with one API server: takes write requests in their order of time, answers them, and writes its audit log.
 * The same seed and the same requests give the same bytes. Not safe for use by several threads.
 */
public final class ScenarioCluster {

    private final ObjectStore store = new ObjectStore();
    private final List<byte[]> log = new ArrayList<>();
    private final Random random;
    private final Writes writes;
    private final AuditEvents events;
    private Instant lastStamp = Instant.EPOCH;

    public ScenarioCluster(AuditLevel level, Admission admission, long seed) {
        this.random = new Random(seed);
        this.events = new AuditEvents(level);
        this.writes = new Writes(store, admission, random);
    }

    /** The audit log so far, one event a line, without line ends. */
    public List<byte[]> log() {
        return List.copyOf(log);
    }

    /** The object as it is held, in a served version; null where there is none. */
    public @Nullable ObjectNode get(ApiKind kind, String version, String namespace, String name) {
        StoredObject held = store.find(kind, namespace, name);
        return held == null ? null : held.in(version);
    }

    /** The object's Scale, as its scale endpoint shows it; null where there is no object. */
    public @Nullable ObjectNode getScale(ApiKind kind, String namespace, String name) {
        StoredObject held = store.find(kind, namespace, name);
        return held == null ? null : held.scale();
    }

    public void snapshot() {
        store.snapshot();
    }

    public void restore() {
        store.restore();
    }

    /** Puts an object there that was there before the log began: no event. */
    public void seed(Request create, Instant createdAt) {
        Reply reply = answer(create, decoded(create), createdAt);
        if (!reply.accepted()) {
            throw new IllegalArgumentException("cannot seed an object: " + reply.body());
        }
    }

    /** Handles a request that arrives at this time, or just after the one before if that is later. */
    public Reply handle(Request request, Instant at) {
        Instant received = at.isAfter(lastStamp) ? at : lastStamp.plusNanos(1_000);
        // Requests take 2 to 8 ms, and follow one another: stamps rise as versions do.
        Instant done = received.plusNanos((2_000 + random.nextInt(6_000)) * 1_000L);
        lastStamp = done;
        store.others(random.nextInt(3));
        JsonNode body = decoded(request);
        Reply reply = answer(request, body, received);
        UUID id = new UUID(
                (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L,
                (random.nextLong() & 0x3fffffffffffffffL) | Long.MIN_VALUE);
        if (!(request.mishap() instanceof Request.Hidden)) {
            log.add(events.line(id, request, reply, body, received, done));
        }
        return reply;
    }

    private Reply answer(Request request, @Nullable JsonNode body, Instant now) {
        if (request.mishap() instanceof Request.Broken broken) {
            if (broken.stored()) {
                perform(request, body, now);
            }
            return broken.stage().equals("Closed")
                    ? new Reply(200, JsonNodeFactory.instance.objectNode())
                    : Reply.of(Failure.server(broken.code()));
        }
        return perform(request, body, now);
    }

    private Reply perform(Request request, @Nullable JsonNode body, Instant now) {
        try {
            return writes.perform(request, body, now);
        } catch (Failure failure) {
            return Reply.of(failure);
        }
    }

    /** The body as the event shows it: decoded and defaulted for a create or PUT, raw for a patch (audit-events.md 2.1). */
    private static @Nullable JsonNode decoded(Request request) {
        if (request.body() == null || request.verb().equals("patch")) {
            return request.body();
        }
        ObjectNode body = (ObjectNode) request.body().deepCopy();
        if (request.verb().startsWith("delete")) {
            ObjectNode options = JsonNodeFactory.instance.objectNode();
            options.put("kind", "DeleteOptions").put("apiVersion", "meta.k8s.io/__internal");
            return options.setAll(body);
        }
        if (request.subresource().isEmpty() || request.subresource().equals("status")) {
            Defaulting.decode(request.kind(), body);
            if (body.get("metadata") instanceof ObjectNode metadata) {
                metadata.remove("managedFields");
            }
        }
        return StoredObject.ordered(body);
    }
}
