package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.junit.jupiter.api.Test;

class VigilTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Vigil vigil = new Vigil(Duration.ofSeconds(6), nanos::get);

    @Test
    void goesOnAfterASleepOfJustASession() {
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());

        assertThatCode(vigil::keep).doesNotThrowAnyException();
    }

    @Test
    void givesThePartitionUpAfterALongerSleepAndDoesNotChangeItsMind() {
        nanos.addAndGet(Duration.ofSeconds(6).toNanos() + 1);

        assertThatThrownBy(vigil::keep).isInstanceOf(TaskMigratedException.class);
        assertThatThrownBy(vigil::keep).isInstanceOf(TaskMigratedException.class);
    }
}
