package io.patchwar.ingest.config;

import io.patchwar.ingest.bridge.BridgeConfig;
import io.patchwar.ingest.delivery.HeartbeatConfig;
import io.patchwar.ingest.delivery.SenderConfig;
import io.patchwar.ingest.files.FilesConfig;
import io.patchwar.ingest.pipeline.IngestScope;
import io.patchwar.ingest.webhook.WebhookConfig;
import io.patchwar.service.config.KafkaSettings;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import io.patchwar.settings.YamlSection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that an operator can set of ingest. {@code docs/audit-ingest.example.yaml} shows every key with its default.
 *
 * @param data folder of the spool, and of the digest key if none is given
 * @param digestKeyFile all instances need the same; null for one in the data folder, made at the first start, where one process is all
 *     there is
 * @param http where health and metrics are asked for
 * @param webhook null for none
 * @param files null for none
 * @param bridges topics that shippers fill
 */
public record IngestSettings(
        Path data,
        @Nullable Path digestKeyFile,
        HttpAddress http,
        KafkaSettings kafka,
        @Nullable WebhookConfig webhook,
        @Nullable FilesConfig files,
        List<BridgeConfig> bridges,
        SpoolSettings spool,
        IngestScope scope,
        RedactionSettings redaction,
        SenderConfig delivery,
        HeartbeatConfig heartbeats) {
    public IngestSettings {
        bridges = List.copyOf(bridges);
    }

    /**
     * The spool.
     *
     * @param size bytes on disk
     * @param sync whether an acknowledgement waits for the disk
     */
    public record SpoolSettings(long size, boolean sync) {}

    /**
     * The defaults, changed as the file and the environment have it; the environment has the last word.
     *
     * @throws YamlProblems everything that is wrong, each with its path
     */
    public static IngestSettings read(InputStream yaml, Environment environment) throws IOException, YamlProblems {
        return IngestSettingsReader.read(yaml, environment);
    }

    /**
     * The sections of an ingest whose folder and Kafka are known from elsewhere, and whose health and metrics are its host's.
     * What is wrong is noted in the file.
     *
     * @param listen where the webhook listens if the file does not say
     */
    public static IngestSettings read(YamlSection file, Path data, KafkaSettings kafka, String listen) {
        return IngestSettingsReader.read(file, data, new HttpAddress("127.0.0.1", 0), kafka, listen);
    }

    /** The same ingest in another place. */
    public IngestSettings at(Path otherData, KafkaSettings otherKafka) {
        return new IngestSettings(
                otherData,
                digestKeyFile,
                http,
                otherKafka,
                webhook,
                files,
                bridges,
                spool,
                scope,
                redaction,
                delivery,
                heartbeats);
    }

    /**
     * The same ingest with a webhook there.
     *
     * @throws IllegalArgumentException if it may not listen there as it is
     */
    public IngestSettings listeningOn(HttpAddress address) {
        WebhookConfig there = webhook == null
                ? WebhookConfig.onLoopback(address.port())
                : new WebhookConfig(
                        address, webhook.tls(), webhook.clusters(), webhook.limits(), webhook.reloadEvery());
        return new IngestSettings(
                data, digestKeyFile, http, kafka, there, files, bridges, spool, scope, redaction, delivery, heartbeats);
    }

    /** Every key with its value as it holds, spelled as in the file, in the file's order; secrets hidden. */
    public Map<String, String> effective() {
        return EffectiveIngestSettings.of(this);
    }
}
