package io.patchwar.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScanTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "\"a\"",
                "\"\\\"\"",
                "\"\\\\\"",
                "1",
                "-1.5E+3",
                "true",
                "null",
                "[{\"a\":[\"]\"]}]",
                "{\"}\":\"{\\\"\"}",
                "\"a string that is longer than eight bytes, \\\" with quotes \\\\\""
            })
    void endsAValueWhereItEnds(String value) {
        for (String after : new String[] {"", ",", " ", "}", "]", "\"x\""}) {
            byte[] b = bytes("  " + value + after);
            boolean runsOn = !after.isEmpty() && value.matches("[a-z0-9.+E-]+") && after.matches("[a-z0-9.+E-].*");
            if (!runsOn) {
                assertThat(JsonScan.endOf(b, 2, b.length)).as(value + after).isEqualTo(2 + bytes(value).length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[", "\"", "\"a\\\"", "{\"a\":1", "[\"]", "{\"a", "\"eight bytes and more\\", "[[]"})
    void saysThatAValueIsCutOff(String value) {
        byte[] b = bytes(value);
        assertThatThrownBy(() -> JsonScan.endOf(b, 0, b.length))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        e -> assertThat(e.cutOff()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", ",", ":", "é", "\u0001", "/"})
    void saysThatNoValueBeginsThere(String value) {
        byte[] b = bytes(value);
        assertThatThrownBy(() -> JsonScan.endOf(b, 0, b.length))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        e -> assertThat(e.cutOff()).isFalse());
    }

    @Test
    void neverLooksBeyondTheEndItIsGiven() {
        byte[] b = bytes("\"abcdefgh\"");
        for (int end = 0; end < b.length; end++) {
            int until = end;
            assertThatThrownBy(() -> JsonScan.endOf(b, 0, until)).isInstanceOf(MalformedJsonException.class);
        }
        assertThat(JsonScan.endOf(b, 0, b.length)).isEqualTo(b.length);
    }

    @Test
    void findsTheEndsOfStringsAsAPlainLoopDoes() {
        long seed = 7;
        Random random = new Random(seed);
        String letters = "ab\\\"é{}\u0001";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("\"");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(random.nextInt(3) > 0 ? 'x' : letters.charAt(random.nextInt(letters.length())));
            }
            byte[] b = bytes(text.append(random.nextInt(4) > 0 ? "\"" : "").toString());
            assertThat(scanned(b)).as("seed %d: %s", seed, text).isEqualTo(plain(b));
        }
    }

    private static int scanned(byte[] b) {
        try {
            return JsonScan.endOfString(b, 0, b.length);
        } catch (MalformedJsonException e) {
            return -1;
        }
    }

    private static int plain(byte[] b) {
        for (int i = 1; i < b.length; i++) {
            if (b[i] == '"') {
                return i + 1;
            }
            i += b[i] == '\\' ? 1 : 0;
        }
        return -1;
    }

    @Test
    void passesOverBlanksOnly() {
        byte[] b = bytes(" \t\r\n\0x");
        assertThat(JsonScan.skipSpace(b, 0, b.length)).isEqualTo(5);
        assertThat(JsonScan.skipSpace(b, 0, 3)).isEqualTo(3);
        byte[] letter = bytes("é");
        assertThat(JsonScan.skipSpace(letter, 0, letter.length)).isZero();
    }

    @Test
    void findsTheEndsOfContainersAsAPlainLoopDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String letters = "{{[[]]}}\"\",:a\\\\é0 \u0001#";
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder("{");
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            byte[] b = bytes("x".repeat(random.nextInt(9)) + text);
            int from = b.length - bytes(text.toString()).length;
            int plain = plainEndOfContainer(b, from);
            int found;
            try {
                found = JsonScan.endOf(b, from, b.length);
            } catch (MalformedJsonException e) {
                found = -1;
            }
            assertThat(found).as("seed %d: %s", seed, text).isEqualTo(plain);
        }
    }

    private static int plainEndOfContainer(byte[] b, int from) {
        int depth = 0;
        boolean inString = false;
        boolean escaped = false;
        for (int i = from; i < b.length; i++) {
            byte c = b[i];
            if (escaped) {
                escaped = false;
            } else if (inString) {
                escaped = c == '\\';
                inString = c != '"';
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
