package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToldTest {
    @Test
    void holdsWhatWasToldOfThatWarWordForWord() {
        Told told = new Told(10);
        told.add(bytes("w1"), bytes("first"));
        told.add(bytes("w1"), bytes("second"));

        assertThat(told.holds(bytes("w1"), bytes("first"))).isTrue();
        assertThat(told.holds(bytes("w1"), bytes("second"))).isTrue();
        assertThat(told.holds(bytes("w1"), bytes("third"))).isFalse();
        assertThat(told.holds(bytes("w2"), bytes("first"))).isFalse();
    }

    /** Where all state was lost, a war that was cleared away may be told in the same words, and must be. */
    @Test
    void holdsNothingOfAWarThatWasClearedAway() {
        Told told = new Told(10);
        told.add(bytes("w1"), bytes("first"));
        told.add(bytes("w2"), bytes("first"));
        told.add(bytes("w1"), null);

        assertThat(told.holds(bytes("w1"), bytes("first"))).isFalse();
        assertThat(told.holds(bytes("w2"), bytes("first"))).isTrue();
        assertThat(told.size()).isEqualTo(1);
        told.add(bytes("w1"), bytes("first"));
        assertThat(told.holds(bytes("w1"), bytes("first"))).isTrue();
    }

    @Test
    void knowsFromWhichRecordOnNothingCanBeKnown() {
        Told told = new Told(10);

        assertThat(told.isNew(9)).isFalse();
        assertThat(told.isNew(10)).isTrue();
        assertThat(Told.NOTHING.isNew(0)).isTrue();
    }

    @Test
    void holdsNoMoreThanThereIsRoomFor() {
        Told told = new Told(10);

        assertThat(IntStream.range(0, Told.MOST)
                        .allMatch(i -> told.add(bytes("w" + i % 100), bytes(Integer.toString(i)))))
                .isTrue();
        assertThat(told.add(bytes("w1"), bytes("one more"))).isFalse();
        assertThat(told.holds(bytes("w1"), bytes("one more"))).isFalse();
        assertThat(told.size()).isEqualTo(Told.MOST);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
