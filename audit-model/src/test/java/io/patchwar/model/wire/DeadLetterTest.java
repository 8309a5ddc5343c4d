package io.patchwar.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final DeadLetter INGESTS = new DeadLetter(
            "not-json", null, "prod", "master-1", null, 17, 4, "digest:00112233445566778899aabbccddeeff");
    private static final DeadLetter PROCESSORS = new DeadLetter(
            "cut-off",
            "ends within \"a\"",
            "prod",
            "",
            new DeadLetter.Partition("audit-events", 3),
            42,
            9,
            "digest:00112233445566778899aabbccddeeff");

    @Test
    void saysWhyAndWhereAndNotWhat() {
        assertThat(text(INGESTS.toJson()))
                .isEqualTo(
                        "{\"reason\":\"not-json\",\"cluster\":\"prod\",\"source\":\"master-1\",\"position\":17,\"bytes\":4,"
                                + "\"digest\":\"digest:00112233445566778899aabbccddeeff\"}");
    }

    @Test
    void saysWhereInATopicWithWordsForAPerson() {
        assertThat(text(PROCESSORS.toJson()))
                .isEqualTo(
                        "{\"reason\":\"cut-off\",\"detail\":\"ends within \\\"a\\\"\",\"cluster\":\"prod\",\"source\":\"\","
                                + "\"topic\":\"audit-events\",\"partition\":3,\"position\":42,\"bytes\":9,"
                                + "\"digest\":\"digest:00112233445566778899aabbccddeeff\"}");
    }

    @Test
    void holdsThePartOfTheInputThatIsAskedFor() {
        byte[] input = "xabcdx".getBytes(StandardCharsets.UTF_8);

        assertThat(text(INGESTS.toJson(input, 1, 4))).endsWith(",\"input\":\"YWJjZA==\"}");
        assertThat(text(INGESTS.toJson(input, 1, 0))).endsWith(",\"input\":\"\"}");
    }

    @Test
    void tellsReasonPositionAndDigestOfItselfAndNothingOfTheInput() {
        byte[] input = "{\"reason\":\"mine\"}".getBytes(StandardCharsets.UTF_8);

        for (DeadLetter letter : new DeadLetter[] {INGESTS, PROCESSORS}) {
            assertThat(DeadLetter.told(letter.toJson(input, 0, input.length)))
                    .containsExactly(
                            entry("reason", letter.reason()),
                            entry("position", String.valueOf(letter.position())),
                            entry("digest", letter.digest()));
        }
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
