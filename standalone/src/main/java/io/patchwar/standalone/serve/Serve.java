package io.patchwar.standalone.serve;

import io.patchwar.broker.BrokerException;
import io.patchwar.broker.BrokerProcess;
import io.patchwar.broker.BrokerStatus;
import io.patchwar.ingest.IngestService;
import io.patchwar.ingest.webhook.WebhookConfig;
import io.patchwar.processor.ProcessorService;
import io.patchwar.service.config.KafkaSettings;
import io.patchwar.service.health.Check;
import io.patchwar.service.http.HttpAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of Patchwar on one machine: a broker in a JVM of its own, and ingest and processor in this one. Started in that order by
 * {@link #start}, closed in the reverse. Thread-safe once started.
 */
public final class Serve implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final BrokerProcess broker;
    private final ProcessorService processor;
    private final IngestService ingest;
    private final ServeConfig config;

    private Serve(ServeConfig config, BrokerProcess broker, ProcessorService processor, IngestService ingest) {
        this.config = config;
        this.broker = broker;
        this.processor = processor;
        this.ingest = ingest;
        processor.health().ready(this::brokerCheck);
        ingest.takeWhile(() -> broker.status().roomy());
    }

    /**
     * Starts everything and returns when all of it does its work.
     *
     * @param says told in a sentence what happens to the broker later on
     * @param stopped waits that long, and says whether there is no need to start any more
     * @throws ServeException if it cannot run: the message says why, and what to do. Nothing is left running then
     */
    public static Serve start(ServeConfig config, Consumer<String> says, Predicate<Duration> stopped)
            throws ServeException {
        BrokerProcess broker = broker(config, says);
        Serve serve;
        try {
            serve = around(broker, config);
        } catch (ServeException | RuntimeException e) {
            broker.close();
            throw e;
        }
        try {
            serve.begin(stopped);
            return serve;
        } catch (ServeException | RuntimeException e) {
            serve.close();
            throw e;
        }
    }

    private static BrokerProcess broker(ServeConfig config, Consumer<String> says) throws ServeException {
        try {
            return BrokerProcess.start(
                    config.broker().in(config.data(), config.kafka("unset").topics()), says);
        } catch (BrokerException e) {
            throw new ServeException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServeException("stopped while the broker started", e);
        }
    }

    private static Serve around(BrokerProcess broker, ServeConfig config) throws ServeException {
        Path data = config.data().toAbsolutePath();
        KafkaSettings kafka = config.kafka(broker.bootstrap());
        try {
            ProcessorService processor = new ProcessorService(
                    config.reachableProcessor().at(kafka, data.resolve("state"), LocalSecret.in(data)));
            try {
                // One process has one page of health, and one of metrics.
                IngestService ingest = IngestService.of(
                        config.ingest().at(data.resolve("ingest"), kafka), processor.metrics(), processor.health());
                return new Serve(config, broker, processor, ingest);
            } catch (IOException | RuntimeException e) {
                processor.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ServeException("cannot use " + data + ": " + e.getMessage(), e);
        }
    }

    private void begin(Predicate<Duration> stopped) throws ServeException {
        try {
            processor.start();
        } catch (IOException e) {
            throw new ServeException(
                    e.getMessage() + "; stop what listens there, or choose another address with --http", e);
        }
        try {
            ingest.start();
        } catch (IOException e) {
            throw new ServeException(
                    e.getMessage() + "; stop what listens there, or choose another address with --ingest", e);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            Optional<String> failure = failure();
            if (failure.isPresent()) {
                throw new ServeException("the processor cannot start: " + failure.get());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new ServeException("not ready within " + PATIENCE.toSeconds() + "s: " + waitsFor());
            }
            if (stopped.test(LOOK)) {
                throw new ServeException("stopped while it started");
            }
        }
    }

    private String waitsFor() {
        return checks().stream()
                .filter(check -> !check.ok())
                .map(check -> check.part() + ": " + check.detail())
                .collect(Collectors.joining("; "));
    }

    /** Why it cannot go on, once it cannot. */
    public Optional<String> failure() {
        return processor.failure();
    }

    /** Whether every part does its work. */
    public boolean isReady() {
        return checks().stream().allMatch(Check::ok);
    }

    /** Each part, and whether it does its work now. */
    public List<Check> checks() {
        return processor.health().readiness();
    }

    private Check brokerCheck() {
        BrokerStatus status = broker.status();
        return new Check("broker", status.ok(), status.detail());
    }

    /** Where API, health and metrics are. */
    public HttpAddress http() {
        return processor.http();
    }

    /** Where audit events are posted to, without the path; empty if nowhere. */
    public String ingest() {
        WebhookConfig webhook = config.ingest().webhook();
        if (webhook == null) {
            return "";
        }
        HttpAddress address = new HttpAddress(webhook.listen().host(), ingest.webhookPort());
        return (webhook.tls() == null ? "http://" : "https://") + address;
    }

    /** {@code host:port} of the embedded Kafka. */
    public String kafka() {
        return broker.bootstrap();
    }

    /** Stops in order: nothing more is taken in, what was taken in is judged and committed, and the broker goes last. */
    @Override
    public void close() {
        closing("ingest", ingest);
        closing("processor", processor);
        closing("broker", broker);
    }

    private static void closing(String part, AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            LOG.warn("the {} did not stop in order", part, e);
        }
    }
}
