package io.patchwar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "abc, abc, true",
        "abc, abcd, false",
        "abc, ab, false",
        "*, '', true",
        "'', '', true",
        "'', a, false",
        "a*, a, true",
        "*c, abc, true",
        "*c, abd, false",
        "a*c*e, abcde, true",
        "a*c*e, abde, false",
        "*ab*ab, abab, true",
        "*ab*ab, ab, false",
        "a.c, abc, false",
        "a[b], a[b], true",
        "system:node:*, system:node:worker-1, true",
        "system:node:*, system:nodes, false",
    })
    void anAsteriskIsAnythingAndAllElseIsItself(String pattern, String text, boolean matches) {
        assertThat(Glob.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void manyAsterisksTakeNoExponentialTime() {
        String pattern = "*a".repeat(200) + "b";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(Glob.matches(pattern, "a".repeat(20_000))).isFalse());
        assertThatCode(() -> Glob.matches("*".repeat(10_000), "a")).doesNotThrowAnyException();
    }
}
