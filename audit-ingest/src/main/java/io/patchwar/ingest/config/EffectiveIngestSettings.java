package io.patchwar.ingest.config;

import io.patchwar.ingest.pipeline.IngestScope;
import io.patchwar.ingest.webhook.ClusterAccess;
import io.patchwar.ingest.webhook.TlsConfig;
import io.patchwar.ingest.webhook.WebhookConfig;
import io.patchwar.ingest.webhook.WebhookLimits;
import io.patchwar.model.audit.Verb;
import io.patchwar.settings.Amounts;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings as the table that an operator is shown. */
final class EffectiveIngestSettings {
    private EffectiveIngestSettings() {}

    static Map<String, String> of(IngestSettings settings) {
        Map<String, String> table = new LinkedHashMap<>();
        table.put("data", settings.data().toString());
        table.put(
                "digestKeyFile",
                settings.digestKeyFile() == null
                        ? settings.data().resolve("digest.key") + " (made if absent)"
                        : String.valueOf(settings.digestKeyFile()));
        table.put("http.listen", settings.http().toString());
        settings.kafka().show(table);
        WebhookConfig webhook = settings.webhook();
        table.put("webhook.enabled", String.valueOf(webhook != null));
        if (webhook != null) {
            show(webhook, table);
        }
        FilesSettings.show(settings.files(), table);
        BridgeSettings.show(settings.bridges(), table);
        table.put("spool.size", Amounts.text(settings.spool().size()));
        table.put("spool.sync", String.valueOf(settings.spool().sync()));
        show(settings.scope(), table);
        RedactionSettings redaction = settings.redaction();
        table.put("redaction.configMaps", String.valueOf(redaction.configMaps()));
        redaction
                .fields()
                .forEach(rule -> table.put("redaction.fields[" + rule.resources() + "]", list(rule.fields())));
        table.put("redaction.keepUnreadable", String.valueOf(redaction.keepInput()));
        table.put("delivery.patience", Amounts.text(settings.delivery().patience()));
        table.put("delivery.timeout", Amounts.text(settings.delivery().deliveryTimeout()));
        table.put("delivery.linger", Amounts.text(settings.delivery().linger()));
        table.put("delivery.buffer", Amounts.text(settings.delivery().bufferBytes()));
        table.put("heartbeats.every", Amounts.text(settings.heartbeats().every()));
        table.put("heartbeats.heardFor", Amounts.text(settings.heartbeats().heardFor()));
        return table;
    }

    private static void show(WebhookConfig webhook, Map<String, String> table) {
        table.put("webhook.listen", webhook.listen().toString());
        TlsConfig tls = webhook.tls();
        table.put(
                "webhook.tls",
                tls == null ? "none (loopback)" : tls.certificate().toString());
        if (tls != null) {
            table.put("webhook.tls.clientCa", tls.clientCa() == null ? "none" : String.valueOf(tls.clientCa()));
            table.put("webhook.tls.clientCertificate", String.valueOf(tls.clientCertificate()));
        }
        table.put(
                "webhook.clusters",
                webhook.clusters().isEmpty()
                        ? "any (loopback)"
                        : list(webhook.clusters().stream()
                                .map(ClusterAccess::cluster)
                                .toList()));
        table.put("webhook.reloadEvery", Amounts.text(webhook.reloadEvery()));
        WebhookLimits limits = webhook.limits();
        table.put("webhook.limits.body", Amounts.text(limits.body()));
        table.put("webhook.limits.buffered", Amounts.text(limits.buffered()));
        table.put("webhook.limits.connections", String.valueOf(limits.connections()));
        table.put("webhook.limits.headers", Amounts.text((long) limits.headers()));
        table.put("webhook.limits.headersWithin", Amounts.text(limits.headersWithin()));
        table.put("webhook.limits.bodyWithin", Amounts.text(limits.bodyWithin()));
        table.put("webhook.limits.answerWithin", Amounts.text(limits.answerWithin()));
    }

    private static void show(IngestScope scope, Map<String, String> table) {
        table.put("scope.excludedResources", list(scope.coarse().excludedResources()));
        table.put("scope.excludedGroups", list(scope.coarse().excludedGroups()));
        table.put("scope.verbs", list(scope.verbs().stream().map(Verb::word).toList()));
        table.put("scope.resources", list(scope.resources()));
        table.put("scope.excluded", list(scope.excludedResources()));
        table.put("scope.namespaces", list(scope.namespaces()));
        table.put("scope.excludedNamespaces", list(scope.excludedNamespaces()));
        table.put("scope.excludedUsers", list(scope.excludedUsers()));
    }

    private static String list(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", ", "[", "]"));
    }
}
