package io.patchwar.standalone.setup;

import java.nio.file.Path;

/** The part of ingest's configuration that takes this cluster's events. Stateless. */
final class IngestSection {
    private static final String KEY = """
            # The key of the digests that stand for secret values: one for all clusters and all instances. Make it once:
            # head -c 32 /dev/urandom | base64 > digest.key
            digestKeyFile: digest.key
            """;

    private IngestSection() {}

    static String webhook(SetupRequest request, Path output) {
        int port = request.url().getPort();
        String head = """
                # For ingest's configuration: takes the events that the API servers of cluster %1$s post. `audit-ingest --config` reads this
                # file alone, too, if its Kafka is at 127.0.0.1:9092.
                """.formatted(request.cluster()) + KEY;
        if (!request.isEncrypted()) {
            return head + """
                    webhook:
                      # Plain HTTP is taken from this machine alone, for any cluster and without a token.
                      listen: 127.0.0.1:%d
                    """.formatted(port < 0 ? 80 : port);
        }
        return head
                + """
                webhook:
                  listen: 0.0.0.0:%1$d
                  # New files are taken up without a restart.
                  tls:
                    certificate: "%2$s"
                    key: "%3$s"
                    clientCa: "%4$s"
                  clusters:
                    - name: %5$s
                      tokenFiles: ["%6$s"]
                      certificates: [%5$s]
                      # A token and a certificate: the kubeconfig holds both.
                      both: true
                """.formatted(
                                port < 0 ? 443 : port,
                                output.resolve("tls/server.crt"),
                                output.resolve("tls/server.key"),
                                output.resolve("tls/ca.crt"),
                                request.cluster(),
                                output.resolve("token"));
    }

    static String bridge(SetupRequest request) {
        return KEY + byPlatform(request);
    }

    private static String byPlatform(SetupRequest request) {
        return switch (request.platform()) {
            case AKS -> """
                    # For ingest's configuration: reads the Event Hub that AKS fills. Put the namespace in, and the connection string.
                    bridge:
                      - name: aks
                        bootstrap: EVENT-HUBS-NAMESPACE.servicebus.windows.net:9093
                        properties:
                          security.protocol: SASL_SSL
                          sasl.mechanism: PLAIN
                          # Holds a secret: keep this file at mode 0600.
                          sasl.jaas.config: >-
                            org.apache.kafka.common.security.plain.PlainLoginModule required username="$ConnectionString"
                            password="Endpoint=sb://EVENT-HUBS-NAMESPACE.servicebus.windows.net/;SharedAccessKeyName=NAME;SharedAccessKey=KEY";
                          # Azure closes connections that were idle for four minutes.
                          connections.max.idle.ms: "180000"
                          metadata.max.age.ms: "180000"
                        topics: [%2$s]
                        cluster: %1$s
                        # If several clusters share the hub, their resource ids tell them apart; give them the names that are meant:
                        # clusterFrom: {field: resourceId, names: {NAME-IN-AZURE: %1$s}}
                    """.formatted(request.cluster(), Setup.TOPIC);
            case OPENSHIFT -> topic(request, """
                        # If several clusters share the topic: clusterFrom: {field: openshift.cluster_id, names: {CLUSTER-ID: %1$s}}
                    """);
            case EKS -> topic(request, """
                        # If several clusters share the topic: clusterFrom: {field: logGroup, pattern: "^/aws/eks/([^/]+)/"}
                        # (not if records come in base64 or compressed: nothing can be read from the outside then)
                    """);
            case GKE -> topic(request, """
                        # If several clusters share the topic: clusterFrom: {field: resource.labels.cluster_name}
                    """);
            default -> throw new IllegalArgumentException(request.platform() + " needs no shipper");
        };
    }

    private static String topic(SetupRequest request, String more) {
        return ("""
                # For ingest's configuration: reads the topic that a shipper fills. Without `bootstrap` it is in ingest's own Kafka.
                bridge:
                  - name: %3$s
                    topics: [%2$s]
                    cluster: %1$s
                """ + more)
                .formatted(request.cluster(), Setup.TOPIC, request.platform().word());
    }
}
