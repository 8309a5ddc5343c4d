package io.patchwar.watch.live;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Two who write one field of a Service in turn; the third reversal of one of them, the seventh write, opens the war. */
final class Fight {
    static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

    /** Writes until the war opens, the first of them setting the baseline. */
    static final int OPENS = 7;

    private final String name;
    private final Duration gap;
    private Instant time;
    private int written;

    Fight(String name, Instant start, Duration gap) {
        this.name = name;
        this.time = start.minus(gap);
        this.gap = gap;
    }

    Fight(String name) {
        this(name, START, Duration.ofSeconds(10));
    }

    /** The next write's stamp, once it was asked for. */
    Instant time() {
        return time;
    }

    /** Lets so much more time pass before the next write. */
    Fight rest(Duration more) {
        time = time.plus(more);
        return this;
    }

    byte[] next() {
        return next("");
    }

    /** The next write, of an object that is so much larger. */
    byte[] next(String padding) {
        time = time.plus(gap);
        written++;
        String who = written % 2 == 0 ? "chisel" : "metallb";
        return line(name, who, written % 2 == 0 ? "203.0.113.1" : "192.0.2.65", time, 100 + written, padding);
    }

    /** Some write of that object. */
    static byte[] line(String name, String who, String value, Instant time, int version, String padding) {
        String object = "{\"kind\":\"Service\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"apps\",\"uid\":\"uid-" + name + "\",\"resourceVersion\":\"" + version
                + "\",\"annotations\":{\"padding\":\"" + padding
                + "\"}},\"spec\":{\"type\":\"LoadBalancer\"},\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\""
                + value
                + "\"}]}}}";
        String event =
                "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"RequestResponse\",\"auditID\":\""
                        + name + "-" + version
                        + "\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/namespaces/apps/services/"
                        + name + "/status\",\"verb\":\"update\",\"user\":{\"username\":\"system:serviceaccount:" + who
                        + ":" + who
                        + "\"},\"userAgent\":\"" + who
                        + "/1\",\"objectRef\":{\"resource\":\"services\",\"namespace\":\"apps\",\"name\":\""
                        + name
                        + "\",\"apiVersion\":\"v1\",\"subresource\":\"status\"},\"responseStatus\":{\"code\":200},"
                        + "\"requestObject\":"
                        + object.replace("\"resourceVersion\":\"" + version, "\"resourceVersion\":\"" + (version - 1))
                        + ",\"responseObject\":" + object + ",\"requestReceivedTimestamp\":\"" + time.minusMillis(2)
                        + "\",\"stageTimestamp\":\"" + time + "\"}";
        return event.getBytes(StandardCharsets.UTF_8);
    }
}
