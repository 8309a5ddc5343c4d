package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.processor.config.Delivery;
import io.patchwar.processor.metrics.ProcessorMetrics;
import io.patchwar.processor.topology.FailureDoors.Writing;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.apache.kafka.streams.errors.internals.DefaultErrorHandlerContext;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

class FailureDoorsTest {
    private static final ErrorHandlerContext HERE = new DefaultErrorHandlerContext(
            null, "audit-events", 0, 7, new RecordHeaders(), "write-wars", new TaskId(0, 0), 0, null, null);

    private final FailureDoors doors = new FailureDoors(
            new StreamHealth(), new ProcessorMetrics(new SimpleMeterRegistry(), InstantSource.system()));

    @Test
    void letOneTaskBeginAnewWhenKafkaWasTooLongAwayForATransaction() {
        assertThat(written("wars", new TimeoutException("120 s are over"), Delivery.EXACTLY_ONCE))
                .isEqualTo(Result.RETRY);
        assertThat(written("patchwar-object-state-changelog", new NotEnoughReplicasException(), Delivery.EXACTLY_ONCE))
                .isEqualTo(Result.RETRY);
    }

    /** For a retry Streams would read all of the task's state anew; who dies keeps it. */
    @Test
    void letTheThreadDieWhenKafkaWasTooLongAwayAndTheStateCanBeKept() {
        assertThat(written("wars", new TimeoutException("30 min are over"), Delivery.AT_LEAST_ONCE))
                .isEqualTo(Result.FAIL);
    }

    @Test
    void stopAtWhatNoWaitingMends() {
        for (Delivery delivery : Delivery.values()) {
            assertThat(written("wars", new TopicAuthorizationException("wars"), delivery))
                    .isEqualTo(Result.FAIL);
            assertThat(written("patchwar-object-state-changelog", new RecordTooLargeException(), delivery))
                    .isEqualTo(Result.FAIL);
        }
    }

    @Test
    void leaveARecordOutThatIsTooLargeForItsTopic() {
        for (Delivery delivery : Delivery.values()) {
            assertThat(written("wars", new RecordTooLargeException(), delivery)).isEqualTo(Result.RESUME);
        }
    }

    private Result written(String topic, Exception failure, Delivery delivery) {
        Writing writing = new Writing();
        writing.configure(
                Map.of(FailureDoors.CONFIG, doors, StreamsConfig.PROCESSING_GUARANTEE_CONFIG, delivery.guarantee()));
        Response response = writing.handleError(HERE, new ProducerRecord<>(topic, new byte[1]), failure);
        return response.result();
    }
}
