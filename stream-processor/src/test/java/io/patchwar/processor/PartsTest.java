package io.patchwar.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final List<String> told = new ArrayList<>();
    private final List<Boolean> readyWhileEnding = new ArrayList<>();
    private final Parts parts = new Parts(
            List.of(new Told("probe"), new Told("meter")),
            new Told("gate"),
            List.of(new Told("stream"), new Told("board")));

    /** Says what it is asked to do; ends badly. */
    private final class Told implements Part {
        private final String name;

        Told(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            told.add("start " + name);
        }

        @Override
        public Check check() {
            return Check.ok(name, "works");
        }

        @Override
        public void close() {
            told.add("close " + name);
            readyWhileEnding.add(isReady());
            throw new IllegalStateException("ends badly");
        }
    }

    private boolean isReady() {
        return parts.checks().stream().allMatch(check -> check.get().ok());
    }

    @Test
    void beginWithoutThoseBehindTheGate() throws Exception {
        parts.start();

        assertThat(told).containsExactly("start probe", "start meter", "start gate");
        assertThat(isReady()).isTrue();
    }

    @Test
    void endTheOtherWayRoundTheGateBeforeAllHoweverBadlyOneEnds() {
        parts.close();

        assertThat(told).containsExactly("close gate", "close board", "close stream", "close meter", "close probe");
    }

    @Test
    void areNotReadyFromTheMomentInWhichTheyBeginToEnd() {
        assertThat(isReady()).isTrue();
        parts.close();

        assertThat(readyWhileEnding).hasSize(5).containsOnly(false);
    }
}
