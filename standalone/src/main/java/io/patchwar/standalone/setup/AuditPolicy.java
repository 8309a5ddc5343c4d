package io.patchwar.standalone.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The audit policy as YAML, with its reasons as comments (facts: {@code audit-events} 6.3). The first rule that matches a
 * request decides, so the order is what matters most.
 */
final class AuditPolicy {
    private static final List<String> WATCHED = List.of(
            "group: apps",
            "group: autoscaling",
            "group: batch",
            "group: networking.k8s.io",
            "group: policy",
            "group: gateway.networking.k8s.io",
            "group: admissionregistration.k8s.io",
            "group: rbac.authorization.k8s.io",
            "group: apiextensions.k8s.io");

    private final SetupRequest request;
    private final StringBuilder out = new StringBuilder();

    private AuditPolicy(SetupRequest request) {
        this.request = request;
    }

    static String of(SetupRequest request) {
        return new AuditPolicy(request).text();
    }

    private String text() {
        out.append("""
                # What the API servers of cluster %s record, for Patchwar to say who fights over which field.
                # The first rule that matches a request decides.
                apiVersion: audit.k8s.io/v1
                kind: Policy

                # A write is complete, and has its outcome and bodies, at ResponseComplete; the other stages only repeat it.
                omitStages: [RequestReceived, ResponseStarted]

                # Who owns which field is up to half of every body, and not needed: who wrote what is seen write by write.
                omitManagedFields: true

                rules:
                  # Reads change nothing.
                  - level: None
                    verbs: [get, list, watch]

                  # No objects, no wars: health checks, discovery.
                  - level: None
                    nonResourceURLs: ["*"]

                  # Written all the time for its own sake: heartbeats, leader election, events; and reviews, whose bodies hold tokens.
                  - level: None
                    resources:
                      - {group: "", resources: [events]}
                      - {group: events.k8s.io}
                      - {group: coordination.k8s.io}
                      - {group: authentication.k8s.io}
                      - {group: authorization.k8s.io}
                """.formatted(request.cluster()));
        kubelets();
        secretive();
        watched();
        out.append("""

                  # Everything else that is written, custom resources of other groups among it: who wrote, when, and how it ended. Wars
                  # over these show as "suspected", without the field. `--groups` of patchwar setup moves a group to the rule above.
                  - level: Metadata
                    verbs: [create, update, patch, delete, deletecollection]
                """);
        return out.toString();
    }

    private void kubelets() {
        if (request.kubelets()) {
            out.append("""

                      # Kubelets' writes are recorded, as asked for (--kubelets): most of a cluster's writes are theirs.
                    """);
        } else {
            out.append("""

                      # The bulk of all writes: kubelets' status of nodes and pods. A fight between a kubelet and a controller is not seen;
                      # `patchwar setup --kubelets` leaves this rule out.
                      - level: None
                        userGroups: ["system:nodes"]
                    """);
        }
    }

    private void secretive() {
        List<String> core = new ArrayList<>();
        if (!request.bodies().contains(SetupRequest.SECRETS)) {
            core.add("secrets");
        }
        if (!request.bodies().contains(SetupRequest.CONFIG_MAPS)) {
            core.add("configmaps");
        }
        core.add("serviceaccounts/token");
        if (core.size() == 1) {
            out.append("\n  # Its reply is a token.\n");
        } else {
            out.append("""

                      # Never with bodies: these hold passwords and tokens, and audit events pass through several hands. The consequence: a
                      # fight over a %s shows as "suspected", by who wrote when, without key or value. `--bodies` changes that.
                    """.formatted(core.contains("secrets") ? "Secret" : "ConfigMap"));
        }
        if (request.bodies().contains(SetupRequest.SECRETS)) {
            out.append("""
                      # Secrets ARE recorded with bodies, as asked for (--bodies secrets): their values stand in every audit event. Ingest
                      # replaces them by keyed digests before Kafka; what else reads the events must be trusted with them.
                    """);
        }
        out.append("  - level: Metadata\n    resources:\n      - {group: \"\", resources: [")
                .append(String.join(", ", core))
                .append("]}\n");
    }

    private void watched() {
        List<String> core = new ArrayList<>(List.of(
                "services",
                "services/status",
                "endpoints",
                "namespaces",
                "namespaces/status",
                "nodes",
                "nodes/status",
                "persistentvolumes",
                "persistentvolumeclaims",
                "serviceaccounts",
                "resourcequotas",
                "limitranges",
                "replicationcontrollers"));
        if (request.kubelets()) {
            core.addAll(List.of("pods", "pods/status"));
        }
        core.addAll(request.bodies().stream().sorted().toList());
        List<String> groups = new ArrayList<>(WATCHED);
        request.groups().forEach(group -> groups.add("group: " + quoted(group)));
        String listed =
                groups.stream().map(group -> "      - {" + group + "}\n").collect(Collectors.joining());
        out.append("""

                  # What is watched field by field: the request says who meant what, the reply says what was stored. A deleted collection is
                  # known by the list in the reply. (A bare resource name does not cover its subresources; a group alone covers all.)
                  - level: RequestResponse
                    verbs: [create, update, patch, delete, deletecollection]
                    resources:
                      - group: ""
                        resources:
                """);
        core.forEach(resource -> out.append("          - ").append(resource).append('\n'));
        out.append(listed);
    }

    private static String quoted(String group) {
        return "\"" + group + "\"";
    }
}
