package io.patchwar.processor.stage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Two controllers that set one field of a ConfigMap to and fro, a write every ten seconds of their cluster's time. Immutable. */
public record Feud(String cluster, String name, Instant began) {
    public static final Duration PACE = Duration.ofSeconds(10);

    /** The stamp of a write. */
    public Instant at(int write) {
        return began.plus(PACE.multipliedBy(write));
    }

    /** The writes from one to another, the second exclusive; number zero creates the object. */
    public List<EventRecord> writes(int from, int to) {
        List<EventRecord> writes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            writes.addAll(record(line(i, at(i))));
        }
        return writes;
    }

    /** The next writes from that one on, at a pace of their own. */
    public List<EventRecord> writes(int from, int count, Instant first, Duration pace) {
        List<EventRecord> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            writes.addAll(record(line(from + i, first.plus(pace.multipliedBy(i)))));
        }
        return writes;
    }

    /** The same, over the address of a Service. */
    public List<EventRecord> ofService(int from, int to) {
        List<EventRecord> writes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            writes.addAll(record(line(i, at(i))
                    .replace("configmaps", "services")
                    .replace("ConfigMap", "Service")
                    .replaceAll("\"data\":\\{\"mode\":\"(\\w+)\"}", "\"spec\":{\"externalName\":\"$1.example\"}")));
        }
        return writes;
    }

    private List<EventRecord> record(String line) {
        return EventRecord.of(line.getBytes(StandardCharsets.UTF_8), cluster, "apiserver");
    }

    /** The cluster is heard up to that moment, from one source in order. */
    public EventRecord heard(Instant upTo) {
        return EventRecord.heartbeat(cluster, "apiserver", upTo, true);
    }

    private String line(int write, Instant at) {
        String who = write % 2 == 0 ? "left" : "right";
        String verb = write == 0 ? "create" : "update";
        String body = """
                {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"%s","namespace":"shop","uid":"u-%s",\
                "resourceVersion":"%d"},"data":{"mode":"%s"}}""".formatted(name, name, 100 + write, who);
        String request = body.replace(
                "\"resourceVersion\":\"" + (100 + write) + "\"", "\"resourceVersion\":\"" + (99 + write) + "\"");
        return """
                {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","auditID":"%s-%s-%d",\
                "stage":"ResponseComplete","requestURI":"/api/v1/namespaces/shop/configmaps/%s","verb":"%s",\
                "user":{"username":"system:serviceaccount:shop:%s"},"userAgent":"%s/v1",\
                "objectRef":{"resource":"configmaps","namespace":"shop","name":"%s","apiVersion":"v1"},\
                "responseStatus":{"code":%d},"requestObject":%s,"responseObject":%s,\
                "requestReceivedTimestamp":"%s","stageTimestamp":"%s"}""".formatted(
                cluster, name, write, name, verb, who, who, name, write == 0 ? 201 : 200, request, body, at, at);
    }
}
