package io.patchwar.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemSplitterTest {
    private static final String GOOD =
            "{\"level\":\"Metadata\",\"auditID\":\"a\\\"}],{\\\\\",\"items\":[1,{\"x\":\"]\"}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"kind\":\"EventList\",\"metadata\":{\"items\":[0]},\"items\":[{\"a\":1},{\"b\":\"],[\"}]}` | `{\"a\":1};{\"b\":\"],[\"}`",
                "`{\"items\":[ {\"a\":1} , {\"b\":2} ] , \"metadata\":{} }` | `{\"a\":1};{\"b\":2}`",
                "`[{\"a\":1},{\"b\":2}]` | `{\"a\":1};{\"b\":2}`",
                "`{\"a\":{\"items\":[1]}}` | `{\"a\":{\"items\":[1]}}`",
                "`{\"items\":[]}` | ``",
                "`{\"items\":null,\"a\":[1]}` | `{\"items\":null,\"a\":[1]}`",
                "`{\"items\":[1,\"two\",null,[3]]}` | `1;\"two\";null;[3]`",
                "`{\"items\":[{\"a\":1}],\"items\":[{\"b\":2}]}` | `{\"a\":1};{\"b\":2}`",
                "`{\"items\":[{\"a\":1}}},{\"b\":2}]}` | `{\"a\":1};}};{\"b\":2}`",
                "`{\"items\":[{\"a\":1}],{\"b\":2}]}` | `{\"a\":1};{\"b\":2}`",
                "`{\"items\":[{\"a\":1]}` | `{\"a\":1`",
                "`{\"items\":[{\"a\":1` | `{\"a\":1`",
                "`` | ``"
            })
    void cutsABodyIntoItsItems(String body, String items) {
        List<String> expected = items == null || items.isEmpty() ? List.of() : List.of(items.split(";"));
        for (int piece = 1; piece < 12; piece++) {
            assertThat(split(body == null ? "" : body, piece))
                    .as("in pieces of %d", piece)
                    .isEqualTo(expected);
        }
    }

    @Test
    void takesDocumentsAndLinesOneAfterTheOther() {
        String lines = GOOD + "\n" + GOOD + GOOD + "\n2026-11-24T00:00:00Z stdout F {\"a\":1}\nplain text\n" + GOOD;

        assertThat(split(lines, 7))
                .containsExactly(GOOD, GOOD, GOOD, "2026-11-24T00:00:00Z stdout F {\"a\":1}", "plain text", GOOD);
    }

    @Test
    void cutsOffABrokenItemWhereTheNextOneBegins() {
        String body = "{\"kind\":\"EventList\",\"items\":[" + GOOD + ",{\"level\":\"Metadata\",\"auditID\":\"unended},"
                + GOOD + ",{\"level\":{{},{\"level\":\"x\"}," + GOOD + "]}";

        List<String> items = split(body, 5);

        assertThat(items).filteredOn(GOOD::equals).hasSize(3);
        assertThat(items).hasSize(6).contains("{\"level\":\"x\"}");
    }

    @Test
    void findsTheSameInWhateverPiecesABodyComes() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String bits = "{}[],:\"\\a \n\"items\"{\"level\":";
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "{\"items\":[" : "");
            for (int i = random.nextInt(60); i >= 0; i--) {
                int at = random.nextInt(bits.length());
                text.append(bits, at, Math.min(bits.length(), at + 1 + random.nextInt(4)));
            }
            List<String> whole = split(text.toString(), 1 << 20);
            assertThat(split(text.toString(), 1 + random.nextInt(9)))
                    .as(text.toString())
                    .isEqualTo(whole);
        }
    }

    @Test
    void holdsNoMoreThanTheItemThatIsNotComplete() {
        ItemSplitter splitter = new ItemSplitter((b, from, to, index) -> {});
        splitter.add(ByteBuffer.wrap("{\"items\":[".getBytes(StandardCharsets.UTF_8)));
        byte[] item = ("{\"a\":\"" + "x".repeat(10_000) + "\"},").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 2_000; i++) {
            splitter.add(ByteBuffer.wrap(item));
        }

        assertThat(splitter.held()).isLessThan(256 << 10);
    }

    private static List<String> split(String body, int piece) {
        List<String> items = new ArrayList<>();
        ItemSplitter splitter = new ItemSplitter((b, from, to, index) -> {
            assertThat(index).isEqualTo(items.size());
            items.add(new String(b, from, to - from, StandardCharsets.UTF_8));
        });
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += piece) {
            splitter.add(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece))));
        }
        splitter.finish();
        return items;
    }
}
