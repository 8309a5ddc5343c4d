package io.patchwar.service.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InputDigestTest {
    private static final byte[] INPUT = "{\"kind\":".getBytes(StandardCharsets.UTF_8);

    /** What is in the topic of dead letters for a week, and in the notes of whoever looks into them, must be found again. */
    @Test
    void neverChangesItsForm() {
        assertThat(digest("0123456789abcdef", INPUT)).isEqualTo("digest:22d05a5230eecaea62941702556ea0ed");
    }

    @Test
    void tellsInputsKeysAndKindsApart() {
        byte[] padded = ("x" + new String(INPUT, StandardCharsets.UTF_8) + "x").getBytes(StandardCharsets.UTF_8);
        InputDigest digest = InputDigest.under("0123456789abcdef".getBytes(StandardCharsets.UTF_8));

        assertThat(digest.of(padded, 1, padded.length - 1)).isEqualTo(digest.of(INPUT, 0, INPUT.length));
        assertThat(digest.of(padded, 0, padded.length)).isNotEqualTo(digest.of(INPUT, 0, INPUT.length));
        assertThat(digest.of((byte) 's', INPUT, 0, INPUT.length)).isNotEqualTo(digest.of(INPUT, 0, INPUT.length));
        assertThat(digest("another key of 24 bytes.", INPUT)).isNotEqualTo(digest.of(INPUT, 0, INPUT.length));
    }

    private static String digest(String key, byte[] input) {
        return InputDigest.under(key.getBytes(StandardCharsets.UTF_8)).of(input, 0, input.length);
    }
}
