package io.patchwar.processor;

import io.patchwar.processor.topology.StreamHealth;
import io.patchwar.service.Part;
import io.patchwar.service.config.KafkaSettings;
import io.patchwar.service.health.Check;
import io.patchwar.service.kafka.BrokerRefusal;
import io.patchwar.service.kafka.TopicProblems;
import io.patchwar.service.kafka.TopicSetup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds or makes the topics, for as long as it takes until Kafka answers, and then starts the parts that need them, in their
 * order. On a thread of its own, so that health is told meanwhile. Thread-safe.
 */
final class Preparation implements Part, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final String clientId;
    private final List<Part> then;
    private final StreamHealth health;
    private final Thread thread = new Thread(this, "preparation");
    private volatile Check latest = Check.failed("topics", "waiting for Kafka");

    Preparation(KafkaSettings kafka, String clientId, List<Part> then, StreamHealth health) {
        this.kafka = kafka;
        this.clientId = clientId;
        this.then = then;
        this.health = health;
    }

    @Override
    public String name() {
        return "topics";
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!prepare()) {
                Thread.sleep(PAUSE.toMillis());
            }
            for (Part part : then) {
                part.start();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TopicProblems e) {
            health.fatal("the topics are not as they must be: " + String.join("; ", e.problems()));
            latest = Check.failed(name(), String.join("; ", e.problems()));
        } catch (Exception e) {
            LOG.error("cannot start", e);
            health.fatal("cannot start: " + e.getMessage());
        }
    }

    private boolean prepare() throws TopicProblems, InterruptedException {
        Admin admin = Admin.create(kafka.connection().client(clientId + "-topics", Map.of()));
        try {
            new TopicSetup(admin, PATIENCE).prepare(kafka.topics().all(), kafka.mayCreate());
            latest = Check.ok(name(), kafka.topics().all().size() + " as they must be");
            return true;
        } catch (BrokerRefusal e) {
            if (!e.mayPass()) {
                throw e;
            }
            waits(e.getMessage() + "; trying again");
            return false;
        } catch (TimeoutException | KafkaException e) {
            waits("Kafka at " + kafka.connection().bootstrap() + " does not answer (" + e.getMessage()
                    + "); trying again");
            return false;
        } finally {
            // What was asked and not answered is not waited for.
            admin.close(Duration.ZERO);
        }
    }

    /** It tries again each second, and says so once. */
    private void waits(String what) {
        if (!what.equals(latest.detail())) {
            LOG.warn("{}", what);
        }
        latest = Check.failed(name(), what);
    }

    @Override
    public Check check() {
        return latest;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
