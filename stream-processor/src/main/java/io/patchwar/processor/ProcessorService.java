package io.patchwar.processor;

import io.patchwar.pressure.SeverityBoard;
import io.patchwar.processor.alerting.Notifier;
import io.patchwar.processor.alerting.Resolver;
import io.patchwar.processor.board.BoardReader;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.investigation.InputSeen;
import io.patchwar.processor.investigation.WarApi;
import io.patchwar.processor.measuring.Measuring;
import io.patchwar.processor.topology.StreamHealth;
import io.patchwar.processor.topology.WarStream;
import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import io.patchwar.service.health.Health;
import io.patchwar.service.http.HealthPages;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.service.http.HttpFront;
import io.patchwar.service.kafka.KafkaProbe;
import io.patchwar.service.metrics.Metrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream processor, put together: everything it is made of is made here, without I/O; {@link #start} begins. Health is told
 * from the first moment, work begins when Kafka answers. Start and close once; the rest is thread-safe.
 */
public final class ProcessorService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessorService.class);

    private final StreamHealth fate = new StreamHealth();
    private final Metrics metrics = new Metrics();
    private final Health health = new Health();
    private final HttpFront front;
    private final Parts parts;

    public ProcessorService(ProcessorConfig config) {
        InstantSource clock = InstantSource.system();
        front = new HttpFront(config.http());

        Measuring measuring = new Measuring(config.prometheus(), metrics.registry(), clock);
        BoardReader board = new BoardReader(
                config.kafka().connection(),
                config.kafka().topics(),
                config.stream().applicationId() + "-war-board",
                config.board(),
                new SeverityBoard(config.detection().watch().pressure()),
                measuring::of,
                metrics.registry(),
                clock);
        List<Part> onTopics = List.of(
                new WarStream(config, fate, metrics.registry(), clock),
                board,
                new Notifier(config.alerting(), board::view, metrics.registry(), clock, Resolver.SYSTEM));
        String name = config.stream().applicationId();
        parts = new Parts(
                List.of(measuring, new KafkaProbe(config.kafka().connection(), name)),
                new Preparation(config.kafka(), name, onTopics, fate),
                onTopics);

        health.alive(this::life);
        parts.checks().forEach(health::ready);
        HealthPages.addTo(front, health);
        metrics.addTo(front, health);
        new WarApi(board::view, board::restore, () -> InputSeen.in(metrics.registry())).addTo(front);
    }

    private Check life() {
        return failure().map(cause -> Check.failed("life", cause)).orElse(Check.ok("life", "at work"));
    }

    /**
     * Begins.
     *
     * @throws IOException if it cannot listen, say; nothing is left running then
     */
    public void start() throws IOException {
        try {
            front.start();
            parts.start();
        } catch (IOException e) {
            close();
            throw e;
        }
        LOG.info("health, metrics and API on http://{}", front.address());
    }

    /** Where it listens, with the port that it was given. */
    public HttpAddress http() {
        return front.address();
    }

    /** Each part, and whether it does its work now; before them, whether all goes on. */
    public List<Check> checks() {
        return parts.checks().stream().map(Supplier::get).toList();
    }

    /** Whether every part does its work. */
    public boolean isReady() {
        return failure().isEmpty() && checks().stream().allMatch(Check::ok);
    }

    /** Why it cannot go on, once it cannot; a new start is needed then. */
    public Optional<String> failure() {
        return fate.cause();
    }

    /** What its health pages ask; whoever runs more in one process adds it here. */
    public Health health() {
        return health;
    }

    /** What it counts. */
    public Metrics metrics() {
        return metrics;
    }

    /** Ends its work, not ready from now on; what it has begun is committed, and others go on with it. */
    @Override
    public void close() {
        parts.close();
        front.close();
        metrics.close();
    }
}
