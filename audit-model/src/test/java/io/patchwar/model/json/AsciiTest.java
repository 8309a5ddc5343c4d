package io.patchwar.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A text compared eight bytes at a time equals itself, and nothing that differs anywhere; also where the buffer ends. */
class AsciiTest {
    private static byte[] text(int length) {
        return "abcdefghijklmnopqrstuvwxyz0123456789".substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void isItselfAtAnyLengthAndPlace() {
        for (int length = 1; length <= 36; length++) {
            Ascii ascii = Ascii.of(new String(text(length), StandardCharsets.US_ASCII));
            for (int behind = 0; behind <= 9; behind++) {
                byte[] b = new byte[3 + length + behind];
                System.arraycopy(text(length), 0, b, 3, length);
                assertThat(ascii.is(b, 3, 3 + length))
                        .as(length + " before " + behind)
                        .isTrue();
                assertThat(ascii.begins(b, 3, b.length)).isTrue();
                assertThat(ascii.is(b, 3, 2 + length)).as("a shorter one").isFalse();
                assertThat(ascii.begins(b, 3, 2 + length)).isFalse();
            }
        }
    }

    @Test
    void isNothingThatDiffersInOneByte() {
        for (int length = 1; length <= 36; length++) {
            Ascii ascii = Ascii.of(new String(text(length), StandardCharsets.US_ASCII));
            for (int at = 0; at < length; at++) {
                for (int behind : new int[] {0, 9}) {
                    byte[] b = java.util.Arrays.copyOf(text(length), length + behind);
                    b[at] ^= (byte) 0x80;
                    assertThat(ascii.is(b, 0, length)).as(at + " of " + length).isFalse();
                }
            }
        }
    }

    @Test
    void isNeverEmptyAndNeverAnythingButAscii() {
        assertThatThrownBy(() -> Ascii.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ascii.of("é")).isInstanceOf(IllegalArgumentException.class);
    }
}
