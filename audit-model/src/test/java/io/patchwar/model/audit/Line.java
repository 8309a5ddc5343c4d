package io.patchwar.model.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An audit log line, member by member: a merge patch of a Service, unless it is told otherwise. Values are JSON. */
final class Line {
    private final Map<String, String> members = new LinkedHashMap<>();

    Line() {
        with("kind", "\"Event\"");
        with("apiVersion", "\"audit.k8s.io/v1\"");
        with("level", "\"RequestResponse\"");
        with("auditID", "\"id\"");
        with("stage", "\"ResponseComplete\"");
        with("requestURI", "\"/api/v1/namespaces/shop/services/web?fieldManager=helm\\u0026force=true\"");
        with("verb", "\"patch\"");
        with("user", "{\"username\":\"alice\",\"groups\":[\"g\"],\"extra\":{}}");
        with("sourceIPs", "[\"10.0.0.1\"]");
        with("userAgent", "\"Helm/3.1\"");
        with(
                "objectRef",
                "{\"resource\":\"services\",\"namespace\":\"shop\",\"name\":\"web\",\"apiVersion\":\"v1\",\"resourceVersion\":\"41\"}");
        with("responseStatus", "{\"metadata\":{},\"code\":200}");
        with("requestObject", "{\"metadata\":{\"labels\":{\"a\":\"1\"}}}");
        with(
                "responseObject",
                "{\"kind\":\"Service\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"web\",\"uid\":\"u1\",\"resourceVersion\":\"42\"}}");
        with("requestReceivedTimestamp", "\"2026-11-23T08:44:50.500000Z\"");
        with("stageTimestamp", "\"2026-11-23T08:44:50.543879Z\"");
        with("annotations", "{\"authorization.k8s.io/decision\":\"allow\"}");
    }

    Line with(String member, String json) {
        members.put(member, json);
        return this;
    }

    Line without(String... names) {
        for (String name : names) {
            members.remove(name);
        }
        return this;
    }

    /** An object reference to another object. */
    Line to(String objectRef) {
        return with("objectRef", objectRef);
    }

    /** The same members in another order. */
    String shuffled(Random random) {
        List<String> names = new ArrayList<>(members.keySet());
        Collections.shuffle(names, random);
        return json(names);
    }

    private String json(List<String> names) {
        StringBuilder json = new StringBuilder("{");
        for (String name : names) {
            json.append(json.length() > 1 ? "," : "")
                    .append('"')
                    .append(name)
                    .append("\":")
                    .append(members.get(name));
        }
        return json.append('}').toString();
    }

    @Override
    public String toString() {
        return json(new ArrayList<>(members.keySet()));
    }
}
