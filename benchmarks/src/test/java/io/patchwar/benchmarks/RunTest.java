package io.patchwar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void keepsWhatTheProcessSaid() throws Exception {
        Run run = Run.of(new Rival("echo", List.of("sh", "-c", "echo said; exit 1"), Set.of(0, 1)), PATIENCE);
        assertThat(run.output()).isEqualTo("said\n");
        assertThat(run.firstOutputSeconds()).isBetween(0.0, run.seconds());
    }

    @Test
    void refusesAnExitStatusThatIsNoAnswer() {
        assertThatThrownBy(() -> Run.of(new Rival("broken", List.of("sh", "-c", "exit 2"), Set.of(0, 1)), PATIENCE))
                .hasMessage("broken ended with status 2");
    }

    @Test
    void killsWhatDoesNotEnd() {
        assertThatThrownBy(() -> Run.of(
                        new Rival("endless", List.of("sh", "-c", "while :; do :; done"), Set.of(0)),
                        Duration.ofMillis(50)))
                .hasMessageContaining("endless did not end");
    }

    @Test
    void takesTheMiddleOfAnOddNumberAndTheMeanOfTheTwoMiddleOnesOfAnEvenOne() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0), d -> d)).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0), d -> d)).isEqualTo(new Spread(2.5, 1, 4));
    }
}
