package io.patchwar.model.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "web-1", "a \"b\" \\ c", "Zürich", "日本語", "203.0.113.1 ↔ 192.0.2.65", "😀"})
    void leavesHarmlessTextAlone(String text) {
        assertThat(SafeText.of(text, 100)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "001b, \\u001b",
        "0000, \\u0000",
        "007f, \\u007f",
        "0085, \\u0085",
        "009b, \\u009b",
        "00a0, \\u00a0",
        "00ad, \\u00ad",
        "034f, \\u034f",
        "05d0, \\u05d0",
        "0627, \\u0627",
        "061c, \\u061c",
        "200b, \\u200b",
        "200d, \\u200d",
        "200e, \\u200e",
        "200f, \\u200f",
        "2028, \\u2028",
        "2029, \\u2029",
        "202e, \\u202e",
        "2066, \\u2066",
        "2069, \\u2069",
        "3164, \\u3164",
        "e000, \\ue000",
        "fe0f, \\ufe0f",
        "feff, \\ufeff",
        "ffff, \\uffff",
        "e0041, \\u{e0041}",
        "10fffe, \\u{10fffe}",
    })
    void showsWhatWouldActOrHide(String codePoint, String shown) {
        String text = "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b";
        assertThat(SafeText.of(text, 100)).isEqualTo("a" + shown + "b");
    }

    @Test
    void showsLineEndsAndTabsByTheirUsualNames() {
        assertThat(SafeText.of("a\r\n\tb", 100)).isEqualTo("a\\r\\n\\tb");
    }

    @Test
    void showsHalfASurrogatePair() {
        assertThat(SafeText.of("a\ud800b", 100)).isEqualTo("a\\ud800b");
    }

    @Test
    void allowsTwoAccentsOnALetterAndNoTower() {
        assertThat(SafeText.of("e\u0301\u0302", 100)).isEqualTo("e\u0301\u0302");
        assertThat(SafeText.of("e\u0301\u0302\u0303", 100)).isEqualTo("e\u0301\u0302\\u0303");
    }

    @Test
    void cutsAtTheLimitAndNotBefore() {
        assertThat(SafeText.of("x".repeat(20), 20)).isEqualTo("x".repeat(20));
        assertThat(SafeText.of("x".repeat(21), 20)).isEqualTo("x".repeat(19) + "…");
        assertThat(SafeText.of("é".repeat(20), 20)).isEqualTo("é".repeat(20));
        assertThat(SafeText.of("é".repeat(21), 20)).isEqualTo("é".repeat(19) + "…");
    }

    @Test
    void neverCutsAnEscapeOrAPairInTwo() {
        for (int most = 16; most < 40; most++) {
            assertThat(SafeText.of("\u001b".repeat(30), most))
                    .matches("(\\\\u001b)*…")
                    .hasSizeLessThanOrEqualTo(most);
            assertThat(SafeText.of("😀".repeat(30), most)).matches("(😀)*…").hasSizeLessThanOrEqualTo(most);
        }
    }

    @Test
    void boundsAMegabyte() {
        assertThat(SafeText.name("\u202e".repeat(1 << 20))).hasSizeLessThanOrEqualTo(SafeText.NAME);
    }

    @Test
    void refusesALimitThatHoldsNoEscape() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SafeText.of("a", 15))
                .withMessageContaining("16");
    }

    @Test
    void anyTextComesOutAsOneShortLineAndEscapingTwiceChangesNothing() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                int c = random.nextInt(3) == 0 ? random.nextInt(0x110000) : random.nextInt(0x3000);
                text.appendCodePoint(c);
            }
            String safe = SafeText.of(text.toString(), 60);
            assertThat(safe)
                    .as("seed %d, round %d", seed, round)
                    .hasSizeLessThanOrEqualTo(60)
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}]");
            assertThat(SafeText.of(safe, 60))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(safe);
        }
    }
}
