package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RetellingTest {
    private static final byte[] WAR = {'w'};
    private static final byte[] UPDATE = {'u'};
    private static final long END = 10;

    private static Told told() {
        Told told = new Told(END);
        told.add(WAR, UPDATE);
        return told;
    }

    private static Retelling over(CompletableFuture<Told> looked) {
        return new Retelling(looked, Duration.ofMinutes(1));
    }

    @Test
    void keepsBackWhatIsReadAgainAndWasTold() {
        Retelling retelling = over(CompletableFuture.completedFuture(told()));

        assertThat(retelling.isTold(WAR, UPDATE, END - 1)).isTrue();
        assertThat(retelling.isTold(WAR, UPDATE, END - 1)).as("but once").isFalse();
        assertThat(retelling.isTold(WAR, new byte[] {'v'}, END - 1)).isFalse();
    }

    @Test
    void keepsNothingBackThatNobodyCanHaveTold() {
        Retelling retelling = over(CompletableFuture.completedFuture(told()));

        assertThat(retelling.isTold(WAR, UPDATE, END)).isFalse();
        // And has forgotten by then.
        assertThat(retelling.isTold(WAR, UPDATE, END - 1)).isFalse();
    }

    @Test
    void forgetsWhatWasToldOnceThatIsPassed() {
        Retelling retelling = over(CompletableFuture.completedFuture(told()));

        Retelling passing = over(CompletableFuture.completedFuture(told()));
        passing.passed(END - 1);
        assertThat(passing.isTold(WAR, UPDATE, END - 1)).isTrue();
        retelling.passed(END);
        assertThat(retelling.isTold(WAR, UPDATE, END - 1)).isFalse();
    }

    @Test
    void neverWaitsForALookThatNobodyAsksFor() {
        Retelling retelling = over(new CompletableFuture<>());

        retelling.passed(END);
    }

    @Test
    void tellsAgainWhatItCannotKnow() {
        assertThat(over(CompletableFuture.failedFuture(new IllegalStateException("no broker")))
                        .isTold(WAR, UPDATE, END - 1))
                .isFalse();
        CompletableFuture<Told> late = new CompletableFuture<>();
        Retelling impatient = new Retelling(late, Duration.ZERO);
        assertThat(impatient.isTold(WAR, UPDATE, END - 1)).isFalse();
        late.complete(told());
        assertThat(impatient.isTold(WAR, UPDATE, END - 1))
                .as("it is behind what was told again")
                .isFalse();
    }
}
