package io.patchwar.ingest;

import io.micrometer.core.instrument.Gauge;
import io.patchwar.ingest.bridge.Bridge;
import io.patchwar.ingest.config.IngestSettings;
import io.patchwar.ingest.delivery.KafkaOutlet;
import io.patchwar.ingest.delivery.KafkaSender;
import io.patchwar.ingest.delivery.RoomGate;
import io.patchwar.ingest.files.FileDoor;
import io.patchwar.ingest.files.FilesConfig;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.DeadLetters;
import io.patchwar.ingest.pipeline.Pipeline;
import io.patchwar.ingest.redact.RedactionKey;
import io.patchwar.ingest.spool.Spool;
import io.patchwar.ingest.spool.SpoolConfig;
import io.patchwar.ingest.webhook.Webhook;
import io.patchwar.ingest.webhook.WebhookConfig;
import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import io.patchwar.service.health.Health;
import io.patchwar.service.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ingest put together: doors, pipeline, delivery, spool. Builds without asking the network for anything, starts in whatever
 * state Kafka is, stops in order: doors first, so that what was accepted is delivered. Metrics and health belong to the caller.
 */
public final class IngestService implements AutoCloseable {
    private final Spool spool;
    private final KafkaSender sender;
    private final KafkaOutlet outlet;
    private final RoomGate gate;
    private final Pipeline pipeline;
    private final IngestMetrics metrics;
    private final Health health;
    private final @Nullable Webhook webhook;
    private final List<Part> doors = new ArrayList<>();

    private IngestService(IngestSettings settings, RedactionKey key, Spool spool, Metrics metrics, Health health)
            throws IOException {
        this.spool = spool;
        this.metrics = new IngestMetrics(metrics.registry());
        this.health = health;
        DeadLetters letters = new DeadLetters(key, settings.redaction().keepInput());
        this.sender =
                new KafkaSender(settings.kafka(), settings.delivery(), letters, this.metrics, InstantSource.system());
        this.outlet = KafkaOutlet.to(
                sender, spool, settings.delivery(), settings.heartbeats(), this.metrics, InstantSource.system());
        this.gate = new RoomGate(outlet);
        this.pipeline = new Pipeline(
                settings.scope(), settings.redaction().under(key), letters, gate, this.metrics, InstantSource.system());
        WebhookConfig config = settings.webhook();
        this.webhook = config == null ? null : Webhook.of(config, pipeline, this.metrics);
        FilesConfig files = settings.files();
        if (files != null) {
            doors.add(new FileDoor(files, pipeline, this.metrics));
        }
        settings.bridges().forEach(bridge -> doors.add(new Bridge(bridge, pipeline, this.metrics)));
        gauges();
        health.ready(spool::check);
        health.ready(this::kafka);
        if (webhook != null) {
            health.ready(webhook::check);
        }
        doors.forEach(door -> health.ready(() -> beside(door.check())));
    }

    /** Files or a topic that cannot be read are told, and no reason to send away those who post. */
    private Check beside(Check check) {
        return check.ok() || webhook == null ? check : Check.ok(check.part(), "FAILING: " + check.detail());
    }

    /**
     * Puts a service together.
     *
     * @throws IOException if a folder, a key, a token or a certificate cannot be used, with what is wrong with it
     */
    public static IngestService of(IngestSettings settings, Metrics metrics, Health health) throws IOException {
        Path keyFile = settings.digestKeyFile();
        RedactionKey key = keyFile == null
                ? RedactionKey.readOrMake(settings.data().resolve("digest.key"))
                : RedactionKey.read(keyFile);
        Spool spool = Spool.open(new SpoolConfig(
                settings.data().resolve("spool"),
                settings.spool().size(),
                settings.spool().sync()));
        try {
            return new IngestService(settings, key, spool, metrics, health);
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /** Kafka may be away for as long as the spool holds out: that is told, and no reason to send senders elsewhere. */
    private Check kafka() {
        Check check = sender.check();
        return check.ok() ? check : Check.ok(check.part(), "AWAY, what comes in is spooled: " + check.detail());
    }

    private void gauges() {
        Gauge.builder(IngestMetrics.SPOOL_BYTES, spool, Spool::bytes)
                .description("Bytes in the spool")
                .register(metrics.registry());
        Gauge.builder(IngestMetrics.SPOOL_CAPACITY, spool, Spool::capacity)
                .description("Bytes that the spool may hold")
                .register(metrics.registry());
        Gauge.builder(IngestMetrics.SPOOL_AGE, spool, IngestService::age)
                .description("Age of the oldest that waits in the spool; 0 if nothing does")
                .register(metrics.registry());
        Gauge.builder(IngestMetrics.SPOOL_DAMAGED, spool, Spool::damagedBytes)
                .description("Bytes of the spool that were found damaged or torn off")
                .register(metrics.registry());
        Gauge.builder(IngestMetrics.KAFKA_READY, sender, s -> s.check().ok() ? 1 : 0)
                .description("Whether Kafka takes what it is sent")
                .register(metrics.registry());
    }

    private static double age(Spool spool) {
        Instant oldest = spool.oldest();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, Instant.now()).toMillis() / 1_000.0);
    }

    /** Adds a door beside the webhook; before {@link #start}. */
    public IngestService add(Part door) {
        doors.add(door);
        health.ready(door::check);
        return this;
    }

    /** Refuses all that comes while there is no room for it. */
    public IngestService takeWhile(BooleanSupplier hasRoom) {
        gate.openWhile(hasRoom);
        return this;
    }

    /** What doors feed. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** Where doors count. */
    public IngestMetrics metrics() {
        return metrics;
    }

    /**
     * Opens the doors.
     *
     * @throws IOException if one cannot be opened; then close this
     */
    public void start() throws IOException {
        sender.start();
        outlet.start();
        if (webhook != null) {
            webhook.start();
        }
        for (Part door : doors) {
            door.start();
        }
    }

    /** The port that the webhook listens on, -1 if there is none. */
    public int webhookPort() {
        return webhook == null ? -1 : webhook.port();
    }

    @Override
    public void close() {
        if (webhook != null) {
            webhook.close();
        }
        doors.forEach(Part::close);
        outlet.close();
        sender.close();
        spool.close();
    }
}
