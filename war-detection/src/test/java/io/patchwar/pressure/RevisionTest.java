package io.patchwar.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What etcd 3.4 and 3.6 were seen to take for a revision, by the size of the value. */
class RevisionTest {
    @ParameterizedTest(name = "{0} bytes take {1}")
    @CsvSource({"512, 694", "1500, 2032", "1500, 2035", "3000, 4116", "10000, 10266", "50000, 51298"})
    void isWithinTwoPerCentOfTheMeasured(double object, double measured) {
        assertThat(Revision.bytes(object)).isCloseTo(measured, Percentage.withPercentage(2));
    }
}
