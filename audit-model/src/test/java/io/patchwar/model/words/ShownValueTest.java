package io.patchwar.model.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownValueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"ip\":\"203.0.113.1\",\"ipMode\":\"VIP\"}] | 203.0.113.1",
                "[{\"hostname\":\"a.example.com\"},{\"ip\":\"192.0.2.1\"}] | a.example.com, 192.0.2.1",
                "[{\"name\":\"http\",\"port\":80}] | http",
                "[{\"port\":80}] | [{\"port\":80}]",
                "[{\"ip\":\"192.0.2.1\"},{\"ip\":\"192.0.… (900 characters) | [{\"ip\":\"192.0.2.1\"},{\"ip\":\"192.0.… (900 characters)",
                "[1,2] | [1,2]",
                "3 | 3",
                "(absent) | nothing",
            })
    void showsWhatAPersonRecognises(String value, String shown) {
        assertThat(ShownValue.of(value, 100)).isEqualTo(shown);
    }

    @Test
    void tellsTheEmptyTextFromNothing() {
        assertThat(ShownValue.of("", 100)).isEqualTo("\"\"");
        assertThat(ShownValue.of(null, 100)).isEqualTo("nothing");
    }

    @Test
    void showsEightItemsAndCountsTheRest() {
        String eight = "{\"ip\":\"1\"},".repeat(7) + "{\"ip\":\"8\"}";
        assertThat(ShownValue.of("[" + eight + "]", 100)).isEqualTo("1, 1, 1, 1, 1, 1, 1, 8");
        assertThat(ShownValue.of("[" + eight + ",{\"ip\":\"9\"}]", 100)).isEqualTo("1, 1, 1, 1, 1, 1, 1, 8 and 1 more");
    }

    @Test
    void makesHostileItemsHarmless() {
        assertThat(ShownValue.of("[{\"ip\":\"\\u001b[2J\"}]", 100)).isEqualTo("\\u001b[2J");
    }

    @Test
    void keepsValuesApartThatShareTheirAddress() {
        String bare = "[{\"ip\":\"10.9.70.1\"}]";
        String ports = "[{\"ip\":\"10.9.70.1\",\"ports\":[53]}]";
        assertThat(ShownValue.apart(List.of(bare, ports), 60)).containsExactly(bare, ports);
    }

    @Test
    void showsWhereLongValuesPart() {
        String same = "x".repeat(300);
        assertThat(ShownValue.apart(List.of(same + "one", same + "two"), 40))
                .containsExactly("…xxxxxxxxxxxxone", "…xxxxxxxxxxxxtwo");
    }

    @Test
    void leavesValuesThatLookDifferentAsTheyAre() {
        assertThat(ShownValue.apart(List.of("3", "5", "(absent)"), 40)).containsExactly("3", "5", "nothing");
    }
}
