package io.patchwar.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.Scope;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where one document ends and the next begins, in every buffer size. */
class FramingTest {
    private static final String A = Lines.write("a", 1);
    private static final String B = Lines.write("b", 2);
    private static final String C = Lines.write("c", 3);

    /** What a reader makes of the log, the same whatever the size of the buffer it is read through. */
    private static List<String> read(String log) {
        byte[] bytes = log.getBytes(StandardCharsets.ISO_8859_1);
        List<String> whole = read(bytes, 1 << 20);
        for (int buffer : new int[] {16, 64, 257, 1024, 4096}) {
            assertThat(read(bytes, buffer))
                    .as("through a buffer of %d bytes", buffer)
                    .isEqualTo(whole);
        }
        return whole;
    }

    private static List<String> read(byte[] log, int buffer) {
        return read(new ByteArrayInputStream(log), buffer, 1 << 16);
    }

    private static List<String> read(InputStream log, int buffer, int longest) {
        Framer framer = new Framer(log, longest);
        AuditReader reader = new AuditReader("default", Scope.DEFAULT);
        Heard heard = new Heard();
        Chunk chunk;
        while ((chunk = framer.next(new byte[buffer])) != null) {
            Batch.of(chunk, "", reader, SourceOptions.NO_WITNESS).tellRest(heard);
        }
        return heard.records;
    }

    @Test
    void readsALineADocument() {
        assertThat(read(A + "\n" + B + "\n" + C + "\n")).containsExactly("a", "b", "c");
    }

    @Test
    void readsTheLastLineWithoutItsEnd() {
        assertThat(read(A + "\n" + B)).containsExactly("a", "b");
    }

    @Test
    void countsBlankLinesAndHolesAsNothing() {
        assertThat(read("\n\n" + A + "\n \t\n\0\0\0\0" + B + "\n\n")).containsExactly("a", "b");
        assertThat(read("\n \r\n")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @Test
    void readsLinesThatEndAsOnWindowsAndBeginWithAByteOrderMark() {
        assertThat(read("\u00ef\u00bb\u00bf" + A + "\r\n" + B + "\r\n")).containsExactly("a", "b");
    }

    @Test
    void readsDocumentsThatFollowEachOtherInOneLine() {
        assertThat(read(A + B + "\n" + C)).containsExactly("a", "b", "c");
        assertThat(read(Lines.read(1) + A + Lines.read(2) + B)).containsExactly("read", "a", "read", "b");
    }

    @Test
    void isNotMisledByBracketsInStrings() {
        String tricky = Lines.write("t", 4, "{\"data\":{\"a\":\"}{ }\\\"}{\\\\\"}}");
        assertThat(read(tricky + "\n" + B + tricky)).containsExactly("t", "b", "t");
    }

    @Test
    void readsDocumentsPrintedForPeople() {
        assertThat(read(Lines.pretty(A) + "\n" + Lines.pretty(B) + Lines.pretty(C)))
                .containsExactly("a", "b", "c");
    }

    @Test
    void readsAnArrayAroundTheWholeLogElementByElement() {
        assertThat(read("[" + A + "," + B + "]\n")).containsExactly("a", "b");
        assertThat(read("[\n" + A + ",\n" + B + "\n]\n" + C)).containsExactly("a", "b", "c");
        assertThat(read("[\n  " + Lines.pretty(A) + ",\n  " + Lines.pretty(B) + "\n]"))
                .containsExactly("a", "b");
        assertThat(read("[]\n" + A)).containsExactly("a");
    }

    @Test
    void readsLinesOutOfTheMiddleOfAnArray() {
        assertThat(read(A + ",\n" + B + ",\n")).containsExactly("a", "b");
    }

    @Test
    void readsAnEnvelopeWhoseItemsStandInLinesOfTheirOwn() {
        String list = "{\"kind\":\"EventList\",\"items\":[\n" + A + ",\n" + B + "\n]}";
        assertThat(read(list + "\n" + C + "\n" + list)).containsExactly("a", "b", "c", "a", "b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 20, 40, 60, 80, 100, 120, 150, 200, 250, 290, 300, 320})
    void rejectsALineThatWasCutAndReadsTheNext(int length) {
        String cut = A.substring(0, length);
        List<String> after = List.of("b", "c");
        for (String log : new String[] {cut + "\n" + B + "\n" + C, cut + "\n" + B + "\n" + Lines.pretty(C)}) {
            List<String> records = read(log);
            assertThat(records).hasSize(3).endsWith("b", "c");
            assertThat(records.get(0)).isIn("cut-off", "not-json");
        }
        assertThat(read(B + "\n" + C + "\n" + cut)).hasSize(3).startsWith(after.toArray(new String[0]));
    }

    @Test
    void rejectsADocumentForPeopleThatWasCutAsOne() {
        String whole = Lines.pretty(A);
        String cut = whole.substring(0, whole.indexOf("requestObject") - 4);
        assertThat(read(cut + "\n" + Lines.pretty(B) + "\n" + C)).containsExactly("cut-off", "b", "c");
    }

    @Test
    void joinsFragmentsOfAContainerRuntimesLines() {
        String head = "2026-11-23T08:00:00.000000000Z stdout ";
        String split = head + "P " + A.substring(0, 50) + "\n" + head + "P " + A.substring(50, 90) + "\n" + head + "F "
                + A.substring(90) + "\n";
        assertThat(read(split + head + "F " + B + "\n" + split)).containsExactly("a", "b", "a");
        assertThat(read(head + "F " + B + "\n" + head + "P " + A.substring(0, 50)))
                .containsExactly("b", "cut-off");
    }

    @Test
    void rejectsTextLineByLine() {
        assertThat(read("one\ntwo\n" + A + "\nthree")).containsExactly("not-json", "not-json", "a", "not-json");
    }

    @Test
    void passesOverADocumentThatIsTooLong() {
        int longest = 1 << 16;
        String huge = Lines.write("h", 5, "{\"data\":\"" + "x".repeat(3 * longest) + "\"}");
        String log = A + "\n" + huge + "\n" + B + "\n" + Lines.pretty(huge) + "\n" + C + "\n" + "y".repeat(3 * longest)
                + "\n" + A;
        for (int buffer : new int[] {16, 1000, 4096}) {
            assertThat(read(log.getBytes(StandardCharsets.UTF_8), buffer))
                    .containsExactly("a", "too-long", "b", "too-long", "c", "too-long", "a");
        }
    }

    @Test
    void readsADocumentThatIsJustNotTooLong() {
        int longest = 1 << 16;
        String prefix = Lines.write("h", 5, "\"\"");
        String long1 = Lines.write("h", 5, "{\"d\":\"" + "x".repeat(longest - prefix.length() - 100) + "\"}");
        assertThat(read(A + "\n" + long1 + "\n" + B)).containsExactly("a", "h", "b");
    }

    @Test
    void doesNotFollowBracketsIntoTheDepthsOverManyLines() {
        String deep = "{\"a\":\n".repeat(100_000);
        List<String> records = read(deep.getBytes(StandardCharsets.UTF_8), 1 << 20);
        assertThat(records).isNotEmpty().allMatch(record -> record.equals("cut-off") || record.equals("too-long"));
    }

    @Test
    void accountsForEveryDocumentInAnyMixture() {
        long seed = 20261123;
        var random = new java.util.Random(seed);
        for (int round = 0; round < 200; round++) {
            StringBuilder log = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String id = "e" + i;
                String event = Lines.write(id, i);
                switch (random.nextInt(5)) {
                    case 0 -> log.append(Lines.pretty(event)).append('\n');
                    case 1 -> log.append(event);
                    case 2 -> log.append(event).append("\r\n\n");
                    case 3 ->
                        log.append('[')
                                .append(event)
                                .append(",\n")
                                .append(event)
                                .append("]\n");
                    default -> log.append(event).append('\n');
                }
                expected.add(id);
                if (log.charAt(log.length() - 2) == ']') {
                    expected.add(id);
                }
            }
            assertThat(read(log.toString().getBytes(StandardCharsets.UTF_8), 1 + random.nextInt(3000)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
        }
    }
}
