package io.patchwar.standalone.doctor;

import java.util.Locale;

/** Everything that can be wrong with audit events, as far as they show it themselves: what it means, and what to change. */
public enum Symptom {
    METADATA_ONLY(
            "writes are recorded without bodies",
            "Who wrote which object is known, and not what: wars show as \"suspected\", without the field, and no-ops look like changes.",
            "Set level RequestResponse for these resources in the audit policy (`patchwar setup` writes one; `--groups` names API groups)."
                    + " On OpenShift set the audit profile WriteRequestBodies. On EKS and GKE the provider fixes the policy."),
    NO_REPLIES(
            "writes are recorded without the reply",
            "What was asked for is known, and not what was stored: wars are \"inferred\", admission's changes and no-ops are not seen.",
            "Set level RequestResponse in place of Request for these resources."),
    FORWARDER_FILTER(
            "a forwarder took bodies away after the API server had recorded them",
            "The OpenShift log forwarder's kubeAPIAudit filter lowers the level of controllers' writes: their replies are gone.",
            "Take the kubeAPIAudit filter out of the pipeline to Patchwar, or give it a rule with level RequestResponse for the resources"
                    + " that matter."),
    NO_OBJECT_METADATA(
            "bodies came without their metadata",
            "Versions, labels and annotations were removed on the way: order, no-ops and every fight over metadata are lost."
                    + " Elastic's Kubernetes integration does that.",
            "Read the events before they pass that integration: from the file, or from the shipper's own Kafka output."),
    TRUNCATED(
            "bodies were too large and cut off by the API server",
            "These writes count as changes of which nobody knows the fields, and the next full body has to make up for them.",
            "Set --audit-webhook-truncate-max-event-size=1048576 (the default is 100 KiB), or the audit-log- flag of that name."),
    BODY_LEFT_OUT(
            "a log store left large bodies out",
            "In their place stands the text skipped-too-big-size-object: these writes count as if recorded without bodies.",
            "Read the Event Hub that AKS fills, and not the Log Analytics table."),
    CUT_LINES(
            "lines were cut on their way here",
            "Events longer than some limit end in the middle and cannot be read; they are the large ones, and always the same ones.",
            "Raise the limit. Fluent Bit: buffer_max_size 2MB in the tail input (default 32 KiB). Vector: max_line_bytes (100 KiB)."
                    + " Loki: max_line_size (256 KB). CloudWatch cuts at 256 KB and cannot be told otherwise."),
    UNREADABLE(
            "records are no audit events",
            "Something else is mixed in, or the events are wrapped in a way that is not known.",
            "Send the audit log only; if these are audit events, report the envelope."),
    LEGACY_FORMAT(
            "the log is in the old one-line format",
            "It has no bodies and no status, so that nothing can be judged by it.",
            "Set --audit-log-format=json on the API server."),
    MISSED_WRITES(
            "updates were based on versions that are in no event",
            "Writes were lost or never recorded: dropped batches, a shipper that skips, a rule of the policy that hides some writers.",
            "Look for a rise of apiserver_audit_error_total on the API servers, for level None before the rule that matters, and for"
                    + " skipped lines in the shipper's own metrics."),
    MISSING_SERVER(
            "the events of an API server are missing",
            "What its clients write is not seen, and shows as jumps in what the others' clients do: one side of a war may be invisible.",
            "Give the logs of all API servers, or point every API server's webhook here."),
    CLOCK_SKEW(
            "the clocks of API servers differ",
            "Times of one are not those of the other: order across objects, rates and silence are wrong by as much, and beyond the grace"
                    + " (5 s) writes come too late to be judged.",
            "Synchronise the nodes' clocks (chrony, NTP)."),
    DUPLICATES(
            "events came more than once",
            "They are recognised and judged once; each costs what an event costs.",
            "Of log and webhook of one API server read only one, and each file once. A few after a network fault are the webhook's retries."),
    KUBE_AUDIT_TWICE(
            "both kube-audit and kube-audit-admin are read",
            "The second is the first without reads: every write comes twice.",
            "Keep kube-audit-admin in the diagnostic setting, and take kube-audit out."),
    MANAGED_FIELDS(
            "managedFields are recorded",
            "They are a good part of every body and not needed: who wrote what is seen write by write.",
            "Set omitManagedFields: true in the audit policy."),
    REQUEST_RECEIVED(
            "the stage RequestReceived is recorded",
            "Each request comes twice, the first time without outcome and bodies.",
            "Set omitStages: [RequestReceived] in the audit policy."),
    READS(
            "reads are recorded",
            "They change nothing, and are the bulk of what is sent here.",
            "Put a rule with level None for get, list and watch before the others, or take kube-audit-admin in place of kube-audit."),
    SECRETS_EXPOSED(
            "values of Secrets or tokens stand in the log",
            "Whoever may read the log may read them; so may every shipper and store on the way.",
            "Set level Metadata for secrets and serviceaccounts/token, and None for authentication.k8s.io, before other rules; then treat"
                    + " what is in the log as known to others."),
    LATE_ARRIVAL(
            "events arrive late",
            "A war is seen that much later, and beyond the grace (5 s) between sources out of order.",
            "Look at the shipper's flush interval and backlog."),
    BATCH_WAIT(
            "the webhook waits long before it sends",
            "A war is seen that much later.",
            "Set --audit-webhook-batch-max-wait=2s (the default is 30s)."),
    RESTORED_ETCD(
            "versions went backwards",
            "The store was restored from a backup, or events of two clusters are mixed under one name: what was known of the objects is void.",
            "If nobody restored etcd, give each cluster a name of its own."),
    PART_FAILING(
            "a part of the running service does not work",
            "What it is for does not happen until it works again; it tries by itself.",
            "Do what its own words say; the service's log has the cause."),
    NOTHING_HEARD(
            "a cluster is not heard",
            "Its wars stay as they are, because silence there is no silence: nobody tells when they end, and no new one is seen.",
            "Look whether its API servers reach ingest (apiserver_audit_error_total there, patchwar_ingest_webhook_requests_total here),"
                    + " and whether files and topics are the right ones."),
    EVENTS_LOST(
            "events were lost on the way",
            "What they changed is not known; wars seen across them are \"inferred\".",
            "Files: keep more rotated ones than ingest is ever away. Records: let the topic take larger messages (max.message.bytes)."),
    SPOOL_IN_USE(
            "events wait in ingest's spool",
            "Kafka is slow or away. Nothing is lost until the spool is full; then API servers are asked to come again, for four minutes.",
            "Bring Kafka back, or give the spool more room (spool.size)."),
    LATE_WRITES(
            "writes came too late to be judged",
            "They changed no verdict: one source's events come long after the others'.",
            "Synchronise the API servers' clocks, set --audit-webhook-batch-max-wait=2s, or allow more grace (order.grace)."),
    STATE_FORGOTTEN(
            "state of objects was forgotten for want of room",
            "A war over an object that was forgotten begins anew from nothing.",
            "Give the processor more memory, or more instances (memory.objects, memory.bytes)."),
    KUBELETS_HIDDEN(
            "kubelets' writes are not recorded",
            "A fight between a kubelet and a controller, over a node's labels or a pod's status, is not seen. Usually that is meant so.",
            "If it is not meant so: `patchwar setup --kubelets` shows the policy without that rule."),
    LOSSY_SOURCE(
            "events come from GKE's audit log, which keeps only part of them",
            "Field managers, forced applies, pods of service accounts, and JSON patches are not in it.",
            "Nothing: GKE gives no more.");

    private final String title;
    private final String meaning;
    private final String change;

    Symptom(String title, String meaning, String change) {
        this.title = title;
        this.meaning = meaning;
        this.change = change;
    }

    /** Its name in output and documentation. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is so, in half a sentence. */
    public String title() {
        return title;
    }

    /** What follows from it. */
    public String meaning() {
        return meaning;
    }

    /** What to do. */
    public String change() {
        return change;
    }

    /** Whether it is only to be known: meant so, or not to be helped. */
    public boolean isNote() {
        return this == KUBELETS_HIDDEN || this == LOSSY_SOURCE;
    }
}
