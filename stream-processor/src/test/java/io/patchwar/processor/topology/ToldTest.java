package io.patchwar.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToldTest {
    @Test
    void knowsWhatWasToldOfThatWarWordForWord() {
        Told told = new Told(10);
        told.add(bytes("w1"), bytes("first"));
        told.add(bytes("w1"), bytes("second"));

        assertThat(told.retells(bytes("w2"), bytes("first"))).isFalse();
        assertThat(told.retells(bytes("w1"), bytes("first"))).isTrue();
        assertThat(told.retells(bytes("w1"), bytes("second"))).isTrue();
        assertThat(told.retells(bytes("w1"), bytes("third"))).isFalse();
    }

    /** Told anew it would stand last, and the newest would be gone with the next compaction. */
    @Test
    void keepsNothingBackThatComesBehindWhatIsTold() {
        Told told = new Told(10);
        told.add(bytes("w1"), bytes("third"));
        told.add(bytes("w2"), bytes("third"));

        assertThat(told.retells(bytes("w1"), bytes("second"))).isFalse();
        assertThat(told.retells(bytes("w1"), bytes("third"))).isFalse();
        assertThat(told.retells(bytes("w2"), bytes("third"))).isTrue();
    }

    @Test
    void tellsWhatWouldOtherwiseStandBehindWhatIsOlder() {
        Told told = new Told(10);
        for (String update : new String[] {"5", "6", "7", "5"}) {
            told.add(bytes("w1"), bytes(update));
        }

        assertThat(told.retells(bytes("w1"), bytes("5"))).isTrue();
        assertThat(told.retells(bytes("w1"), bytes("6"))).isFalse();
        assertThat(told.retells(bytes("w1"), bytes("7"))).isFalse();
    }

    /** State that was written says nothing of what brought it. */
    @Test
    void passesOverWhatIsNotFoundAgain() {
        Told told = new Told(10);
        for (String update : new String[] {"5", "6", "7"}) {
            told.add(bytes("w1"), bytes(update));
        }

        assertThat(told.retells(bytes("w1"), bytes("6"))).isTrue();
        assertThat(told.retells(bytes("w1"), bytes("7"))).isTrue();
        assertThat(told.size()).isZero();
    }

    /** Where all state was lost, a war that was cleared away may be told in the same words, and must be. */
    @Test
    void knowsNothingOfAWarThatWasClearedAway() {
        Told told = new Told(10);
        told.add(bytes("w1"), bytes("first"));
        told.add(bytes("w2"), bytes("first"));
        told.add(bytes("w1"), null);

        assertThat(told.size()).isEqualTo(1);
        assertThat(told.retells(bytes("w1"), bytes("first"))).isFalse();
        assertThat(told.retells(bytes("w2"), bytes("first"))).isTrue();
        told.add(bytes("w1"), bytes("first"));
        assertThat(told.retells(bytes("w1"), bytes("first"))).isTrue();
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
        assertThat(told.size()).isEqualTo(Told.MOST);
        assertThat(told.retells(bytes("w1"), bytes("one more"))).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
