package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * What decoding does to a body of a built-in kind, and therefore to the recorded body of a create or PUT: static
 * defaults, canonical quantities, no nulls and no empty lists (audit-events.md 2.1).
 */
final class Defaulting {

    private static final Set<String> MAPS = Set.of(
            "labels",
            "annotations",
            "data",
            "stringData",
            "binaryData",
            "matchLabels",
            "nodeSelector",
            "limits",
            "requests");
    private static final Set<String> QUANTITIES =
            Set.of("limits", "requests", "hard", "used", "capacity", "allocatable");
    /** Fields that Go leaves out where they are false or 0, of those that scenarios use. */
    private static final Set<String> LEFT_OUT =
            Set.of("paused", "hostNetwork", "readOnly", "stdin", "minReadySeconds", "initialDelaySeconds");

    private static final List<String> BINARY = List.of("Ki", "Mi", "Gi", "Ti");

    private Defaulting() {}

    static void decode(ApiKind kind, ObjectNode tree) {
        dropNothing(tree, kind.custom());
        if (kind.custom()) {
            return;
        }
        dropZeros(tree, "");
        quantities(tree);
        switch (kind.resource()) {
            case "services" -> service(tree);
            case "deployments", "statefulsets", "replicasets", "daemonsets" -> workload(kind, tree);
            case "jobs", "cronjobs" -> status(tree);
            case "pods" -> pod(tree);
            case "secrets" -> secret(tree);
            case "endpointslices" -> {
                // Two lists that Go writes as null where they are empty.
                tree.putIfAbsent("endpoints", tree.nullNode());
                tree.putIfAbsent("ports", tree.nullNode());
            }
            case "ingresses" -> status(tree).withObject("/loadBalancer");
            default -> {}
        }
    }

    /** Absent is null; in built-in kinds an empty list or map is absent, too. */
    private static void dropNothing(ObjectNode node, boolean custom) {
        node.properties().removeIf(entry -> {
            JsonNode value = entry.getValue();
            if (value instanceof ObjectNode object) {
                dropNothing(object, custom);
            } else if (value instanceof ArrayNode array) {
                array.forEach(item -> {
                    if (item instanceof ObjectNode object) {
                        dropNothing(object, custom);
                    }
                });
            }
            boolean emptyList = value.isArray() && value.isEmpty() && !custom;
            boolean emptyMap = value.isObject() && value.isEmpty() && !custom && MAPS.contains(entry.getKey());
            return value.isNull() || emptyList || emptyMap;
        });
        if (custom && node.get("metadata") instanceof ObjectNode metadata) {
            dropNothing(metadata, false);
        }
    }

    /** In built-in kinds many fields are left out where they are false, 0 or empty; entries of maps are not. */
    private static void dropZeros(JsonNode node, String name) {
        if (node instanceof ObjectNode object && !MAPS.contains(name)) {
            object.properties().removeIf(entry -> {
                JsonNode value = entry.getValue();
                boolean zero =
                        value.asText("-").equals("false") || value.asText("-").equals("0");
                return (value.isTextual() && value.asText().isEmpty()) || (zero && LEFT_OUT.contains(entry.getKey()));
            });
            object.properties().forEach(entry -> dropZeros(entry.getValue(), entry.getKey()));
        } else if (node.isArray()) {
            node.forEach(item -> dropZeros(item, ""));
        }
    }

    /** Texts are stored in base64, over what the data says. */
    private static void secret(ObjectNode tree) {
        JsonNode texts = tree.remove("stringData");
        if (texts != null) {
            texts.properties()
                    .forEach(text -> tree.withObject("/data")
                            .put(
                                    text.getKey(),
                                    Base64.getEncoder()
                                            .encodeToString(
                                                    text.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void service(ObjectNode tree) {
        ObjectNode spec = tree.withObject("/spec");
        spec.path("ports").forEach(each -> {
            ObjectNode port = (ObjectNode) each;
            put(port, "protocol", "TCP");
            if (!port.has("targetPort")) {
                port.set("targetPort", port.get("port"));
            }
            if (port.path("nodePort").asInt(1) == 0) {
                port.remove("nodePort");
            }
        });
        put(spec, "type", "ClusterIP");
        put(spec, "sessionAffinity", "None");
        put(spec, "internalTrafficPolicy", "Cluster");
        if (spec.path("type").asText().equals("LoadBalancer")) {
            put(spec, "externalTrafficPolicy", "Cluster");
            if (!spec.has("allocateLoadBalancerNodePorts")) {
                spec.put("allocateLoadBalancerNodePorts", true);
            }
        }
        ObjectNode balancer = status(tree).withObject("/loadBalancer");
        balancer.path("ingress").forEach(each -> {
            if (each.has("ip")) {
                put((ObjectNode) each, "ipMode", "VIP");
            }
        });
    }

    private static void workload(ApiKind kind, ObjectNode tree) {
        ObjectNode spec = tree.withObject("/spec");
        if (!spec.has("replicas") && !kind.resource().equals("daemonsets")) {
            spec.put("replicas", 1);
        }
        if (spec.path("template").path("spec") instanceof ObjectNode podSpec) {
            podSpec(podSpec);
        }
        if (kind.resource().equals("deployments")) {
            ObjectNode strategy = spec.withObject("/strategy");
            put(strategy, "type", "RollingUpdate");
            if (strategy.path("type").asText().equals("RollingUpdate")) {
                put(strategy.withObject("/rollingUpdate"), "maxUnavailable", "25%");
                put(strategy.withObject("/rollingUpdate"), "maxSurge", "25%");
            }
            if (!spec.has("revisionHistoryLimit")) {
                spec.put("revisionHistoryLimit", 10);
            }
            if (!spec.has("progressDeadlineSeconds")) {
                spec.put("progressDeadlineSeconds", 600);
            }
        }
        status(tree);
    }

    private static void pod(ObjectNode tree) {
        podSpec(tree.withObject("/spec"));
        tree.path("status").path("conditions").forEach(each -> {
            ((ObjectNode) each).putIfAbsent("lastProbeTime", tree.nullNode());
            ((ObjectNode) each).putIfAbsent("lastTransitionTime", tree.nullNode());
        });
        if (!tree.path("spec").has("enableServiceLinks")) {
            tree.withObject("/spec").put("enableServiceLinks", true);
        }
        status(tree);
    }

    private static void podSpec(ObjectNode spec) {
        spec.path("containers").forEach(each -> {
            ObjectNode container = (ObjectNode) each;
            container.withObject("/resources");
            put(container, "terminationMessagePath", "/dev/termination-log");
            put(container, "terminationMessagePolicy", "File");
            put(container, "imagePullPolicy", "IfNotPresent");
        });
        put(spec, "restartPolicy", "Always");
        if (!spec.has("terminationGracePeriodSeconds")) {
            spec.put("terminationGracePeriodSeconds", 30);
        }
        put(spec, "dnsPolicy", "ClusterFirst");
        spec.withObject("/securityContext");
        put(spec, "schedulerName", "default-scheduler");
    }

    private static ObjectNode status(ObjectNode tree) {
        return tree.withObject("/status");
    }

    private static void put(ObjectNode node, String name, String value) {
        if (!node.has(name)) {
            node.put(name, value);
        }
    }

    private static void quantities(JsonNode node) {
        node.properties().forEach(entry -> {
            if (QUANTITIES.contains(entry.getKey()) && entry.getValue() instanceof ObjectNode map) {
                map.properties()
                        .forEach(each -> each.setValue(
                                TextNode.valueOf(canonical(each.getValue().asText()))));
            } else {
                quantities(entry.getValue());
            }
        });
        if (node.isArray()) {
            node.forEach(Defaulting::quantities);
        }
    }

    /** {@code 1000m} → {@code 1}, {@code 2048Mi} → {@code 2Gi}: the spellings that scenarios use. */
    static String canonical(String quantity) {
        if (quantity.matches("\\d+000m")) {
            return quantity.substring(0, quantity.length() - 4);
        }
        if (quantity.matches("\\d+[KMG]i")) {
            String unit = quantity.substring(quantity.length() - 2);
            long number = Long.parseLong(quantity.substring(0, quantity.length() - 2));
            if (number % 1024 == 0 && number > 0) {
                return canonical(number / 1024 + BINARY.get(BINARY.indexOf(unit) + 1));
            }
        }
        return quantity;
    }
}
