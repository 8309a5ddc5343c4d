package io.patchwar.detection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRuleTest {
    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "a*c, abc, true",
        "a*c, ac, true",
        "a*c, abcd, false",
        "*:keda:*, system:serviceaccount:keda:keda-operator, true",
        "exact, exact, true",
        "exact, exactly, false",
        "*a*b*, xxaxxbxx, true",
        "*a*b*, xxbxxaxx, false",
        "**, x, true"
    })
    void asterisksStandForAnything(String pattern, String text, boolean matches) {
        assertThat(IgnoreRule.matches(pattern, text)).isEqualTo(matches);
    }
}
