package io.patchwar.model.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TwinTest {

    @Test
    void isAnEqualText() {
        assertThat(isTwin("{\"a\":1}", "{\"a\":1}")).isTrue();
        assertThat(isTwin("", "")).isTrue();
    }

    @Test
    void mayHaveOtherDigitsAnywhere() {
        assertThat(isTwin("109, 20", "208, 29")).isTrue();
        assertThat(isTwin("0", "9")).isTrue();
    }

    @Test
    void hasNothingElseInADigitsPlace() {
        assertThat(isTwin("10/", "100")).isFalse();
        assertThat(isTwin("100", "10:")).isFalse();
        assertThat(isTwin("\"1\"", "\"\"\"")).isFalse();
        assertThat(isTwin("17a", "28b")).isFalse();
    }

    @Test
    void isAsLong() {
        assertThat(isTwin("12", "1")).isFalse();
        assertThat(isTwin("1", "12")).as("what follows it is not its own").isTrue();
    }

    @Test
    void endsWhereTheTextEnds() {
        byte[] b = "12 34 5".getBytes(StandardCharsets.US_ASCII);
        assertThat(Twin.isAt(b, 0, 2, 3, 5)).isTrue();
        assertThat(Twin.isAt(b, 0, 2, 3, 4)).isFalse();
        assertThat(Twin.isAt(b, 0, 2, 6, b.length)).isFalse();
    }

    private static boolean isTwin(String one, String other) {
        byte[] b = (one + other).getBytes(StandardCharsets.US_ASCII);
        return Twin.isAt(b, 0, one.length(), one.length(), b.length);
    }
}
