package io.patchwar.ingest.bridge;

import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.Pipeline;
import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what shippers left in topics to the pipeline. One thread of its own; instances with one group share the partitions. An
 * offset is committed only once everything before it is durable, so that after any end of the process some records come twice
 * and none is missed. What goes wrong with the connection is told, and tried again.
 */
public final class Bridge implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofSeconds(5);

    /** A wrong password is not worth a log line every five seconds. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private final BridgeConfig config;
    private final Pipeline pipeline;
    private final BridgeMetrics metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Check check;
    private volatile long lag;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private @Nullable Thread thread;
    private String logged = "";

    public Bridge(BridgeConfig config, Pipeline pipeline, IngestMetrics metrics) {
        this.config = config;
        this.pipeline = pipeline;
        this.metrics = new BridgeMetrics(metrics, config.name());
        this.check = Check.failed(name(), "not started");
        this.metrics.lag(this, bridge -> bridge.lag);
    }

    @Override
    public String name() {
        return "bridge-" + config.name();
    }

    @Override
    public void start() {
        Thread worker = new Thread(this::work, name());
        worker.setDaemon(true);
        thread = worker;
        worker.start();
    }

    private void work() {
        while (stopping.getCount() > 0) {
            Duration pause = SOON;
            try (Consumer<byte[], byte[]> open = new KafkaConsumer<>(properties())) {
                consumer = open;
                consume(open);
                return;
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (AuthenticationException | AuthorizationException e) {
                pause = LATER;
                tell("not let in to " + config.from().bootstrap() + ": " + e.getMessage()
                        + "; check bridge.properties and the rights of group " + config.group());
            } catch (ConfigException e) {
                pause = LATER;
                tell("cannot be configured so: " + e.getMessage());
            } catch (KafkaException e) {
                tell("cannot read from " + config.from().bootstrap() + ": " + cause(e));
            } catch (RuntimeException | Error e) {
                LOG.error("{}: an error of our own; the bridge begins anew", name(), e);
                tell("an error of its own, see the log");
            } finally {
                consumer = null;
            }
            await(pause);
        }
    }

    private static String cause(KafkaException e) {
        return e.getCause() == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + ", " + e.getCause().getMessage();
    }

    private void tell(String problem) {
        if (!problem.equals(logged)) {
            LOG.warn("{}: {}", name(), problem);
        }
        logged = problem;
        check = Check.failed(name(), problem);
    }

    private void consume(Consumer<byte[], byte[]> open) {
        Crossing crossing = new Crossing(config, pipeline, metrics, stopping);
        Contact contact = new Contact(config);
        Lookout lookout = new Lookout(config, open, contact);
        open.subscribe(config.topics(), lookout);
        while (stopping.getCount() > 0) {
            long asked = System.nanoTime();
            ConsumerRecords<byte[], byte[]> records = open.poll(POLL);
            lookout.polled(Duration.ofNanos(System.nanoTime() - asked), !records.isEmpty());
            Duration pause = crossing.take(open, records);
            lag = open.assignment().stream()
                    .mapToLong(partition -> open.currentLag(partition).orElse(0))
                    .sum();
            report(crossing.problem(), contact);
            if (!pause.isZero()) {
                await(pause);
            }
        }
    }

    private void report(@Nullable String held, Contact contact) {
        String problem = held == null ? contact.problem() : held;
        if (problem == null) {
            logged = "";
            check = Check.ok(name(), contact.share() + ", " + lag + " records to go");
        } else if (held == null && contact.isBeginning()) {
            check = Check.failed(name(), problem);
        } else {
            tell(problem);
        }
    }

    private void await(Duration pause) {
        try {
            var unused = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    /** What is chosen here can be set otherwise, but for what the promise hangs on. */
    private Properties properties() {
        Map<String, Object> chosen = new HashMap<>();
        chosen.put(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, config.start().name().toLowerCase(Locale.ROOT));
        chosen.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(CooperativeStickyAssignor.class));
        // So much of one answer is held in memory, with what is read ahead.
        chosen.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        chosen.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        chosen.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        Properties all = new Properties();
        all.putAll(config.from().client(name(), chosen));
        all.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return all;
    }

    @Override
    public Check check() {
        return check;
    }

    @Override
    public void close() {
        stopping.countDown();
        Consumer<byte[], byte[]> open = consumer;
        Thread worker = thread;
        if (open != null) {
            open.wakeup();
        }
        try {
            if (worker != null) {
                worker.join(STOP.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
