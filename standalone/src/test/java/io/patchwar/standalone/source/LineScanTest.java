package io.patchwar.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineScanTest {
    private static int slow(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] == '\n' || (b[i] == '}' && i + 1 < to && b[i + 1] == '{')) {
                return i;
            }
        }
        return to;
    }

    @Test
    void findsWhatAPlainLoopFinds() {
        long seed = 1123;
        Random random = new Random(seed);
        byte[] letters = "ab{}{}\n\u00e4\u000b\u0080\u00ff|~".getBytes(StandardCharsets.ISO_8859_1);
        for (int round = 0; round < 20_000; round++) {
            byte[] b = new byte[random.nextInt(60)];
            for (int i = 0; i < b.length; i++) {
                b[i] = random.nextInt(4) > 0 ? (byte) 'x' : letters[random.nextInt(letters.length)];
            }
            int from = b.length == 0 ? 0 : random.nextInt(b.length);
            int to = from + random.nextInt(b.length - from + 1);
            assertThat(LineScan.next(b, from, to))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(slow(b, from, to));
        }
    }

    @Test
    void findsLineEndsBehindJoints() {
        byte[] b = "}{}{aaaaaaaaaaaa}{\nb".getBytes(StandardCharsets.US_ASCII);
        assertThat(LineScan.newline(b, 0, b.length)).isEqualTo(18);
        assertThat(LineScan.newline(b, 19, b.length)).isEqualTo(b.length);
    }
}
