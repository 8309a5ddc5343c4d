package io.patchwar.model.envelope;

/** The forms in which audit events arrive. Recognised by shape, never configured. */
public enum Envelope {
    /** An {@code EventList}, as the API server's webhook posts it. */
    EVENT_LIST("event-list"),
    /** A JSON array of events or envelopes. */
    ARRAY("array"),
    /** A CloudWatch subscription record of EKS, with or without its base64 and gzip wrapping. */
    EKS("eks"),
    /** A Cloud Logging LogEntry of GKE; re-modelled, and lossy. */
    GKE("gke"),
    /** Azure diagnostic records of AKS. */
    AKS("aks"),
    /** A push request of Promtail or Alloy. */
    LOKI("loki"),
    /** OpenTelemetry log records, as the OpenShift forwarder sends them. */
    OTLP("otlp"),
    /** A shipper's record whose text field holds the line: Fluent Bit ({@code log}), Vector, Filebeat ({@code message}). */
    SHIPPER("shipper"),
    /** An object field that holds the event: Logstash targets, {@code kubernetes.audit}. */
    NESTED("nested"),
    /** A container runtime's line: {@code 2026-… stdout F {…}}. */
    CRI("cri"),
    /** Text before the JSON: a host name, a syslog head. */
    PREFIXED("prefixed"),
    /** A document that is itself compressed. */
    GZIP("gzip");

    private final String word;

    Envelope(String word) {
        this.word = word;
    }

    /** The word in accounts. */
    public String word() {
        return word;
    }
}
