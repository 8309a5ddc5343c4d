package io.patchwar.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Writes small audit logs: two accounts that set one annotation of a ConfigMap to and fro, a second apart. */
final class LogLines {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private final StringBuilder lines = new StringBuilder();
    private String[] accounts = {"system:serviceaccount:one:a", "system:serviceaccount:two:b"};
    private String[] values = {"1", "2"};
    private String agent = "tool/v1";
    private String name = "config";
    private String key = "size";
    private int version = 100;

    LogLines by(String one, String other) {
        accounts = new String[] {one, other};
        return this;
    }

    LogLines values(String one, String other) {
        values = new String[] {one, other};
        return this;
    }

    LogLines agent(String text) {
        agent = text;
        return this;
    }

    LogLines name(String text) {
        name = text;
        return this;
    }

    LogLines key(String text) {
        key = text;
        return this;
    }

    /** So many writes in turns, with bodies. */
    LogLines war(int writes) {
        for (int i = 0; i < writes; i++) {
            ObjectNode event = write(i % 2, "RequestResponse");
            body(event.putObject("requestObject"), i % 2);
            body(event.putObject("responseObject"), i % 2).put("resourceVersion", String.valueOf(version));
            lines.append(event).append('\n');
        }
        return this;
    }

    /** So many writes of one actor, each with a new value, with bodies. */
    LogLines work(int writes) {
        for (int i = 0; i < writes; i++) {
            ObjectNode event = write(0, "RequestResponse");
            ObjectNode metadata = body(event.putObject("responseObject"), 0);
            metadata.put("resourceVersion", String.valueOf(version));
            ((ObjectNode) metadata.get("annotations")).put(key, "value " + i);
            lines.append(event).append('\n');
        }
        return this;
    }

    /** So many writes of one actor that the API server refuses with this message. */
    LogLines refused(int writes, String message) {
        for (int i = 0; i < writes; i++) {
            ObjectNode event = write(0, "RequestResponse");
            event.putObject("responseStatus")
                    .put("code", 422)
                    .put("reason", message)
                    .put("message", message);
            lines.append(event).append('\n');
        }
        return this;
    }

    /** So many writes in turns, level Metadata. */
    LogLines bodiless(int writes) {
        for (int i = 0; i < writes; i++) {
            lines.append(write(i % 2, "Metadata")).append('\n');
        }
        return this;
    }

    LogLines reads(int reads) {
        for (int i = 0; i < reads; i++) {
            lines.append(write(0, "Metadata").put("verb", "get")).append('\n');
        }
        return this;
    }

    LogLines line(String text) {
        lines.append(text).append('\n');
        return this;
    }

    private ObjectNode write(int who, String level) {
        version++;
        String time = START.plusSeconds(version - 101).toString();
        ObjectNode event = JSON.createObjectNode();
        event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1").put("level", level);
        event.put("auditID", "audit-" + version)
                .put("stage", "ResponseComplete")
                .put("verb", "update");
        event.put("requestURI", "/api/v1/namespaces/n/configmaps/c");
        event.putObject("user").put("username", accounts[who]);
        event.put("userAgent", agent);
        event.putObject("objectRef")
                .put("resource", "configmaps")
                .put("namespace", "n")
                .put("name", name)
                .put("apiVersion", "v1");
        event.putObject("responseStatus").put("code", 200);
        event.put("requestReceivedTimestamp", time).put("stageTimestamp", time);
        return event;
    }

    private ObjectNode body(ObjectNode object, int who) {
        object.put("kind", "ConfigMap").put("apiVersion", "v1");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name).put("namespace", "n").put("uid", "11111111-2222-3333-4444-555555555555");
        metadata.put("resourceVersion", String.valueOf(version - 1));
        metadata.putObject("annotations").put(key, values[who]);
        return metadata;
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
