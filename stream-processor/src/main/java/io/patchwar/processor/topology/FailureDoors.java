package io.patchwar.processor.topology;

import io.patchwar.model.words.SafeText;
import io.patchwar.processor.metrics.ProcessorMetrics;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The doors that a failure can come out of: reading (keys and values are bytes, so it stays shut), a processor or a punctuation
 * (Streams' own handlers log and fail: passed over, a broken sweep would go unseen), writing, and last a dying thread. Bad input
 * never comes here, the watch's processor puts it aside. What does is ours or the broker's. Ours stops the instance, with the
 * cause in its health: going on would lose what failed. The broker's is waited for. Thread-safe.
 */
public final class FailureDoors implements StreamsUncaughtExceptionHandler {
    /** Property under which Streams hands this to the handlers that it makes. */
    static final String CONFIG = "patchwar.failure.doors";

    private static final Logger LOG = LoggerFactory.getLogger(FailureDoors.class);
    private static final int LONGEST = 500;

    private final StreamHealth health;
    private final ProcessorMetrics metrics;

    public FailureDoors(StreamHealth health, ProcessorMetrics metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    /** The last door: a stream thread is about to die. */
    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        Throwable root = root(failure);
        if (isBrokers(failure)) {
            metrics.failed("thread-replaced");
            LOG.warn("Kafka is in trouble; trying again with a new thread: {}", said(root));
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        metrics.failed("stopped");
        health.fatal(root instanceof BudgetExhaustedException ? said(root) : "the stream stopped: " + said(root));
        LOG.error("the stream stops: {}", said(root), failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** Whether the broker may be expected to get over it: it says so itself. */
    private static boolean isBrokers(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String said(Throwable failure) {
        String name = failure instanceof BudgetExhaustedException
                ? ""
                : failure.getClass().getSimpleName() + ": ";
        return SafeText.of(name + failure.getMessage(), LONGEST);
    }

    private static FailureDoors of(Map<String, ?> configs) {
        if (configs.get(CONFIG) instanceof FailureDoors doors) {
            return doors;
        }
        throw new KafkaException("no " + CONFIG + " among the properties of the stream");
    }

    private static String where(ErrorHandlerContext at) {
        return at.processorNodeId() + " at " + at.topic() + "-" + at.partition() + "@" + at.offset();
    }

    /**
     * Kafka did not take a record. One that is too large stays out, counted, like any other bad record. One that it was too long away
     * for is sent again: under exactly-once by the task alone, from its last commit (Streams takes that for corruption, and wipes
     * and reads anew what a dying thread would have wiped of all its tasks); else by another thread, which keeps its state. The
     * rest stops the instance.
     */
    public static final class Writing implements ProductionExceptionHandler {
        private @Nullable FailureDoors doors;
        private boolean exactlyOnce;

        @Override
        public Response handleError(
                ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
            if (failure instanceof RecordTooLargeException && doors != null && !isState(record)) {
                doors.metrics.notWritten(record.topic(), "too-large");
                LOG.warn(
                        "{} has a record of {} for {} that is too large; it is left out",
                        where(context),
                        record.value() == null ? 0 : record.value().length,
                        record.topic());
                return Response.resume();
            }
            return exactlyOnce && failure instanceof RetriableException ? Response.retry() : Response.fail();
        }

        /** State that is not written is lost with the instance: nothing to pass over. */
        private static boolean isState(ProducerRecord<byte[], byte[]> record) {
            return record.topic().endsWith("-changelog");
        }

        @Override
        public void configure(Map<String, ?> configs) {
            doors = of(configs);
            exactlyOnce = StreamsConfig.EXACTLY_ONCE_V2.equals(configs.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
        }
    }
}
