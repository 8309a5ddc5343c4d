package io.patchwar.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessUsageTest {
    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void countsThisProcess() throws IOException {
        ProcessUsage usage = ProcessUsage.of(SELF);

        assertThat(usage.cpuSeconds()).isPositive();
        assertThat(usage.residentBytes()).isGreaterThan(1 << 20);
        assertThat(usage.peakResidentBytes()).isGreaterThanOrEqualTo(usage.residentBytes());
    }

    @Test
    void countsThreadsOfOneKindTogether() throws IOException {
        assertThat(ProcessUsage.byThread(SELF))
                .isNotEmpty()
                .allSatisfy((name, seconds) -> assertThat(name).doesNotContainPattern("[0-9]"));
    }

    @Test
    void knowsNothingOfAProcessThatIsNotThere() {
        assertThatThrownBy(() -> ProcessUsage.of(Long.MAX_VALUE)).isInstanceOf(IOException.class);
    }
}
