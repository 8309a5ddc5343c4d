package io.patchwar.standalone.setup;

import java.util.List;

/** The flags that make an API server send its audit events to ingest, in time and whole. Stateless. */
final class ApiServerFlags {
    static final String POLICY = "audit-policy.yaml";
    static final String KUBECONFIG = "webhook.kubeconfig";

    private ApiServerFlags() {}

    /**
     * The flags.
     *
     * @param directory where policy and kubeconfig lie on the control-plane node
     */
    static List<ApiServerFlag> of(String directory) {
        return List.of(
                new ApiServerFlag(
                        "audit-policy-file", directory + "/" + POLICY, "What is recorded, and how much of it."),
                new ApiServerFlag(
                        "audit-webhook-config-file",
                        directory + "/" + KUBECONFIG,
                        "Where it is sent. Read at start only: after a change, restart the API server."),
                new ApiServerFlag(
                        "audit-webhook-mode",
                        "batch",
                        "Never blocking: that makes every API request wait for ingest's answer."),
                new ApiServerFlag(
                        "audit-webhook-batch-max-wait",
                        "2s",
                        "The default of 30s is how late a war would be seen; 2s costs one small request every two seconds."),
                new ApiServerFlag(
                        "audit-webhook-truncate-enabled",
                        "true",
                        "Without it an event that cannot be serialised (any apply with a YAML body, up to Kubernetes 1.36)"
                                + " takes its whole batch with it, up to 400 events; anybody who may patch anything can cause that."),
                new ApiServerFlag(
                        "audit-webhook-truncate-max-event-size",
                        "1048576",
                        "The default of 100 KiB cuts the bodies off large objects; 1 MiB passes all but the largest."));
    }

    /** One flag a line, each under its reason. */
    static String text(String directory) {
        StringBuilder out = new StringBuilder(
                "# Flags for every kube-apiserver of the cluster, each with the reason for its value.\n");
        for (ApiServerFlag flag : of(directory)) {
            out.append("\n# ")
                    .append(flag.reason())
                    .append("\n--")
                    .append(flag.argument())
                    .append('\n');
        }
        return out.toString();
    }
}
