package io.patchwar.ingest.bridge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** An audit event as each shipper puts it into a topic (facts: {@code audit-events} 5). */
final class Framings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Framings() {}

    static ObjectNode event(int number) {
        String time = java.time.Instant.parse("2026-11-24T05:00:00Z")
                .plusMillis(number)
                .toString();
        ObjectNode event = JSON.createObjectNode();
        event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1").put("level", "RequestResponse");
        event.put("auditID", "line-" + number).put("stage", "ResponseComplete").put("verb", "update");
        event.put("requestURI", "/api/v1/namespaces/n/services/s");
        event.putObject("user").put("username", "system:serviceaccount:n:a");
        event.put("userAgent", "tool/v1");
        event.putObject("objectRef")
                .put("resource", "services")
                .put("namespace", "n")
                .put("name", "s" + number % 5);
        event.putObject("responseStatus").put("code", 200);
        event.putObject("responseObject")
                .put("kind", "Service")
                .putObject("metadata")
                .put("name", "s" + number % 5)
                .put("resourceVersion", String.valueOf(1_000 + number));
        event.put("requestReceivedTimestamp", time).put("stageTimestamp", time);
        return event;
    }

    /** Record values by the name of who makes them so. */
    static Map<String, byte[]> all(int number) {
        ObjectNode event = event(number);
        String line = event.toString();
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put(
                "fluent-bit",
                bytes(JSON.createObjectNode().put("@timestamp", 1780000000.123).put("log", line)));
        all.put("fluent-bit-parsed", bytes(event.deepCopy().put("@timestamp", 1780000000.123)));
        all.put("fluent-bit-raw", line.getBytes(StandardCharsets.UTF_8));
        all.put(
                "vector",
                bytes(JSON.createObjectNode()
                        .put("file", "/var/log/audit.log")
                        .put("host", "node-1")
                        .put("message", line)
                        .put("source_type", "file")));
        ObjectNode filebeat = JSON.createObjectNode()
                .put("@timestamp", "2026-11-24T05:00:01.000Z")
                .put("message", line);
        filebeat.putObject("log").put("offset", 1).putObject("file").put("path", "/var/log/audit.log");
        filebeat.putObject("host").put("name", "node-1");
        all.put("filebeat", bytes(filebeat));
        ObjectNode logstash = JSON.createObjectNode().put("@version", "1");
        logstash.putObject("event").put("original", line);
        all.put("logstash", bytes(logstash));
        ObjectNode forwarder = event.deepCopy();
        forwarder.put("log_type", "audit").put("log_source", "kubeAPI").put("k8s_audit_level", "RequestResponse");
        forwarder.put("level", "default").put("hostname", "master-0").put("@timestamp", "2026-11-24T05:00:01Z");
        forwarder.putObject("openshift").put("cluster_id", "b8af").put("sequence", 1);
        all.put("openshift", bytes(forwarder));
        all.put(
                "event-hubs",
                bytes(azure(number, "/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/X/MANAGEDCLUSTERS/PROD")));
        ObjectNode eks =
                JSON.createObjectNode().put("messageType", "DATA_MESSAGE").put("logGroup", "/aws/eks/prod/cluster");
        eks.put("logStream", "kube-apiserver-audit-ab12")
                .putArray("logEvents")
                .addObject()
                .put("message", line);
        all.put("cloudwatch", gzip(eks.toString()));
        ObjectNode lambda = JSON.createObjectNode();
        lambda.putObject("awslogs").put("data", Base64.getEncoder().encodeToString(gzip(eks.toString())));
        all.put("cloudwatch-base64", bytes(lambda));
        ObjectNode list = JSON.createObjectNode().put("kind", "EventList").put("apiVersion", "audit.k8s.io/v1");
        list.putArray("items").add(event);
        all.put("webhook-body", bytes(list));
        all.put("cri", ("2026-11-24T05:00:00.123456789Z stdout F " + line).getBytes(StandardCharsets.UTF_8));
        return all;
    }

    static ObjectNode azure(int number, String resourceId) {
        ObjectNode records = JSON.createObjectNode();
        ObjectNode record = records.putArray("records").addObject();
        record.put("time", "2026-11-24T05:00:00Z")
                .put("category", "kube-audit-admin")
                .put("resourceId", resourceId);
        record.putObject("properties").put("log", event(number).toString()).put("pod", "kube-apiserver-1");
        return records;
    }

    private static byte[] bytes(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
