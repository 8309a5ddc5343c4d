package io.patchwar.watch.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import org.junit.jupiter.api.Test;

class SourcesTest {
    private final Sources sources = new Sources();

    @Test
    void isOneInOrderOnceItBeatTwice() {
        sources.beat("a", true);
        assertThat(sources.isOneInOrder()).isFalse();
        sources.beat("a", true);
        assertThat(sources.isOneInOrder()).isTrue();
    }

    @Test
    void isNotInOrderIfItSaysSo() {
        sources.beat("a", false);
        sources.beat("a", false);
        assertThat(sources.isOneInOrder()).isFalse();
    }

    @Test
    void isNotInOrderIfItSaysNothing() {
        sources.heard("a");
        assertThat(sources.isOneInOrder()).isFalse();
    }

    @Test
    void areTwoAsLongAsBothAreHeard() {
        for (int i = 0; i < 20; i++) {
            sources.beat("a", true);
            sources.beat("b", true);
            assertThat(sources.isOneInOrder()).isFalse();
        }
    }

    @Test
    void areTwoAsLongAsEventsOfTheOtherCome() {
        for (int i = 0; i < 20; i++) {
            sources.beat("a", true);
            sources.heard("b");
        }
        assertThat(sources.isOneInOrder()).isFalse();
    }

    @Test
    void isOneAgainAfterThreeMissedHeartbeatsAndNotAfterTwo() {
        sources.beat("a", true);
        sources.beat("b", true);
        sources.beat("a", true);
        sources.beat("a", true);
        assertThat(sources.isOneInOrder()).isFalse();
        sources.beat("a", true);
        assertThat(sources.isOneInOrder()).isTrue();
    }

    @Test
    void countsAsMissedWhatAllTheOthersSentOnlyOnce() {
        for (String name : new String[] {"a", "b", "c"}) {
            sources.beat(name, true);
        }
        // Two rounds of two sources: four heartbeats, and the third missed only two.
        for (int round = 0; round < 2; round++) {
            sources.beat("a", true);
            sources.beat("b", true);
        }
        sources.heard("a");
        StateWriter out = new StateWriter();
        sources.write(out);
        assertThat(out.length()).isGreaterThan(10);
        sources.beat("c", true);
        assertThat(sources.isOneInOrder()).isFalse();
    }

    @Test
    void areTheSameAfterTheyWereWrittenAndRead() {
        sources.beat("a", true);
        sources.beat("b", true);
        sources.beat("a", true);
        sources.beat("a", true);
        assertThat(sources.isDirty()).isTrue();
        StateWriter out = new StateWriter();
        sources.write(out);
        assertThat(sources.isDirty()).isFalse();
        Sources read = Sources.read(new StateReader(out.toBytes()));
        assertThat(read.isOneInOrder()).isFalse();
        read.beat("a", true);
        assertThat(read.isOneInOrder()).isTrue();
    }

    @Test
    void areBounded() {
        for (int i = 0; i < 10_000; i++) {
            sources.heard("source " + i);
        }
        StateWriter out = new StateWriter();
        sources.write(out);
        assertThat(out.length()).isLessThan(10_000);
    }
}
