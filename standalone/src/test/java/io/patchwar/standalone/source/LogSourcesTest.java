package io.patchwar.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Scope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LogSourcesTest {
    @TempDir
    private Path directory;

    private static SourceOptions options(int threads, InputStream in) {
        return new SourceOptions("default", Scope.DEFAULT, threads, in);
    }

    private static Heard read(InputStream in, String... arguments) throws SourceException {
        Heard once = read(1, in, arguments);
        if (in.markSupported()) {
            // One thread or several, they say the same.
            try {
                in.reset();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(read(3, in, arguments).records).isEqualTo(once.records);
        }
        return once;
    }

    private static Heard read(int threads, InputStream in, String... arguments) throws SourceException {
        Heard heard = new Heard();
        LogSources.of(List.of(arguments), options(threads, in), 4096).readInto(heard, Progress.NONE);
        return heard;
    }

    private Heard readFiles(Path... files) throws SourceException {
        return read(
                new ByteArrayInputStream(new byte[0]),
                Arrays.stream(files).map(Path::toString).toArray(String[]::new));
    }

    private Path file(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes number {@code from} to {@code to}, one each hundred milliseconds, with a read before each. */
    private static String log(int from, int to) {
        StringBuilder log = new StringBuilder();
        for (int i = from; i < to; i++) {
            log.append(Lines.read(100L * i)).append('\n');
            log.append(Lines.write("e" + i, 100L * i)).append('\n');
        }
        return log.toString();
    }

    private static List<String> ids(int from, int to) {
        List<String> ids = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ids.add("e" + i);
        }
        return ids;
    }

    private static List<String> ids(Heard heard) {
        return heard.events.stream().map(AuditEvent::auditID).toList();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(String text) {
        return Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] both(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void readsAFileAndNamesItAsTheSource() throws Exception {
        Path file = file("audit.log", log(0, 300));
        Heard heard = readFiles(file);
        assertThat(ids(heard)).isEqualTo(ids(0, 300));
        assertThat(heard.records).hasSize(600).contains("read");
        assertThat(heard.events).allMatch(event -> event.source().equals(file.toString()));
    }

    @Test
    void keepsBodiesAsTheyWere() throws Exception {
        Heard heard = readFiles(file("audit.log", log(0, 300)));
        for (int i = 0; i < 300; i++) {
            var request = heard.events.get(i).request();
            assertThat(request).hasToString("{\"data\":{\"a\":\"e" + i + "\"}}");
            assertThat(heard.events.get(i).status()).hasToString("{\"code\":200}");
        }
    }

    @Test
    void unpacksByHowAFileBeginsWhateverItsName() throws Exception {
        assertThat(ids(readFiles(file("a.log", gzip(log(0, 90)))))).isEqualTo(ids(0, 90));
        assertThat(ids(readFiles(file("b.gz", zstd(log(0, 90)))))).isEqualTo(ids(0, 90));
        assertThat(ids(readFiles(file("c.zst", log(0, 90))))).isEqualTo(ids(0, 90));
    }

    @Test
    void readsAllMembersOfAPackedFile() throws Exception {
        assertThat(ids(readFiles(file("a.gz", both(gzip(log(0, 50)), gzip(log(50, 90)))))))
                .isEqualTo(ids(0, 90));
        assertThat(ids(readFiles(file("a.zst", both(zstd(log(0, 50)), zstd(log(50, 90)))))))
                .isEqualTo(ids(0, 90));
    }

    @Test
    void readsAllMembersFromAPipeThatNeverSaysWhatIsAvailable() throws Exception {
        byte[] packed = both(gzip(log(0, 50)), gzip(log(50, 90)));
        InputStream pipe = new ByteArrayInputStream(packed) {
            @Override
            public synchronized int available() {
                return 0;
            }

            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, 100));
            }
        };
        assertThat(ids(read(pipe, "-"))).isEqualTo(ids(0, 90));
    }

    @Test
    void readsStandardInputOnce() throws Exception {
        InputStream in = new ByteArrayInputStream(log(0, 90).getBytes(StandardCharsets.UTF_8));
        assertThat(ids(read(in, "-", "-"))).isEqualTo(ids(0, 90));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 50, 123, 199})
    void readsALogCutInTwoAsTheWholeInWhateverOrderItIsNamed(int cut) throws Exception {
        Path first = file("z.log", log(0, cut));
        Path second = file("a.log", log(cut, 200));
        assertThat(ids(readFiles(first, second))).isEqualTo(ids(0, 200));
        assertThat(ids(readFiles(second, first))).isEqualTo(ids(0, 200));
    }

    @Test
    void readsRotatedFilesInTheirOrderWhateverTheirNames() throws Exception {
        file("audit.log", log(240, 300));
        file("audit-2026-11-23T08-00-12.000.log.gz", gzip(log(60, 120)));
        file("audit-2026-11-23T08-00-18.000.log", log(120, 180));
        file("audit.log.1", log(180, 240));
        file("audit.log.10.zst", zstd(log(0, 60)));
        assertThat(ids(readFiles(directory))).isEqualTo(ids(0, 300));
    }

    @Test
    void mergesTheLogsOfTwoServersByTime() throws Exception {
        StringBuilder even = new StringBuilder();
        StringBuilder odd = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            (i % 2 == 0 ? even : odd).append(Lines.write("e" + i, 100L * i)).append('\n');
        }
        int cut = even.lastIndexOf("\n", even.indexOf("\"e150\"")) + 1;
        Path rotated = file("one/audit.log.1", even.substring(0, cut));
        Path live = file("one/audit.log", even.substring(cut));
        Path other = file("two/audit.log", odd.toString());
        assertThat(ids(readFiles(live, other, rotated))).isEqualTo(ids(0, 300));
    }

    @Test
    void opensAsFewRotatedFilesAtOnceAsItCan() throws Exception {
        List<Merge.Waiting> logs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Path file = file("audit.log." + i, log(10 * i, 10 * i + 10));
            logs.add(new Merge.Waiting(LogFile.of(file, "f" + i), Lines.START.plusMillis(1000L * i)));
        }
        Heard heard = new Heard();
        int[] most = new int[1];
        try (ReadAhead ahead = new ReadAhead(options(1, InputStream.nullInputStream()), 4096, Judging.NONE)) {
            Merge merge = new Merge(logs, ahead, 1 << 20, heard, () -> {});
            merge.run();
            most[0] = merge.mostOpen();
        }
        assertThat(ids(heard)).isEqualTo(ids(0, 400));
        assertThat(most[0]).isLessThanOrEqualTo(2);
    }

    @Test
    void takesOfADirectoryWhatBeginsLikeAnAuditLogAndSaysWhatItLeft() throws Exception {
        file("logs/audit.log", log(0, 10));
        file("logs/nested/deep/audit.log", log(10, 20));
        file("logs/.hidden.log", log(20, 30));
        file("logs/policy.yaml", "apiVersion: audit.k8s.io/v1\nkind: Policy\n");
        file("logs/kube-apiserver.log", "I1123 08:00:00.000000 1 server.go:1] up\n");
        file("logs/other.json", "{\"kind\":\"Pod\"}\n");
        file("logs/empty.log", "");
        LogSources sources = LogSources.of(
                List.of(directory.resolve("logs").toString()), options(1, InputStream.nullInputStream()), 4096);
        Heard heard = new Heard();
        sources.readInto(heard, Progress.NONE);
        assertThat(ids(heard)).isEqualTo(ids(0, 20));
        assertThat(sources.leftOut())
                .hasSize(4)
                .anyMatch(left -> left.contains("policy.yaml (YAML"))
                .anyMatch(left -> left.contains("kube-apiserver.log (no audit event"))
                .anyMatch(left -> left.contains("other.json (no audit event"))
                .anyMatch(left -> left.contains("empty.log (empty"));
    }

    @Test
    void readsAFileOnceHoweverOftenItIsNamed() throws Exception {
        Path file = file("audit.log", log(0, 10));
        Path link = Files.createSymbolicLink(directory.resolve("link.log"), file);
        assertThat(ids(readFiles(file, link, directory, file))).isEqualTo(ids(0, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind: Policy\nrules: []\n", "---\n- a: 1\n", "# note\n\nspec:\n  a: 1\n"})
    void rejectsYamlOnceWithAReason(String yaml) throws Exception {
        Heard heard = readFiles(file("x.yaml", yaml));
        assertThat(heard.records).containsExactly("not-a-log");
        assertThat(heard.details.get(0)).contains("x.yaml").contains("YAML");
    }

    @Test
    void rejectsWhatIsNoTextOnceWithAReason() throws Exception {
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        assertThat(readFiles(file("a.tar", tar)).details.get(0)).contains("tar archive");
        assertThat(readFiles(file("a.zip", new byte[] {'P', 'K', 3, 4, 0}))
                        .details
                        .get(0))
                .contains("zip archive");
        assertThat(readFiles(file("a.xz", new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0}))
                        .details
                        .get(0))
                .contains("xz");
        assertThat(readFiles(file("a.bin", new byte[] {1, 2, 3, 4, 5, 6}))
                        .details
                        .get(0))
                .contains("binary");
        assertThat(readFiles(file("a.log", Lines.write("a", 1).getBytes(StandardCharsets.UTF_16LE))).records)
                .hasSize(1);
        byte[] utf16 = ("\uFEFF" + Lines.write("a", 1)).getBytes(StandardCharsets.UTF_16LE);
        assertThat(readFiles(file("b.log", utf16)).details.get(0)).contains("UTF-16");
    }

    @Test
    void readsAPackedFileThatWasCutShortAsFarAsItGoes() throws Exception {
        byte[] whole = gzip(log(0, 3000));
        Heard heard = readFiles(file("a.gz", Arrays.copyOf(whole, whole.length / 2)));
        assertThat(ids(heard)).isEqualTo(ids(0, heard.events.size()));
        assertThat(heard.events).hasSizeBetween(1000, 2000);
        assertThat(heard.records).endsWith("cut-off");
        assertThat(heard.details).anyMatch(detail -> detail.contains("a.gz is packed but damaged"));
    }

    @Test
    void saysWhatToDoWhenNothingIsNamed() {
        assertThatThrownBy(() -> read(InputStream.nullInputStream()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("name audit logs");
    }

    @Test
    void saysWhichFileIsNotThere() {
        assertThatThrownBy(() -> readFiles(directory.resolve("nowhere.log")))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("there is no ")
                .hasMessageContaining("nowhere.log");
    }

    @Test
    void saysThatADirectoryHoldsNoAuditLog() throws Exception {
        Files.createDirectories(directory.resolve("empty"));
        assertThatThrownBy(() -> readFiles(directory.resolve("empty")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no audit log in")
                .hasMessageContaining("it is empty");
        file("other/notes.txt", "hello\n");
        assertThatThrownBy(() -> readFiles(directory.resolve("other")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("notes.txt");
    }

    @Test
    void saysThatAPackedFileIsDamagedFromTheStart() throws Exception {
        Path file = file("a.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
        assertThatThrownBy(() -> readFiles(file))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("a.gz is packed but damaged");
    }

    @Test
    void saysThatAStreamBroke() {
        InputStream broken = new InputStream() {
            private boolean begun;

            @Override
            public int read() throws IOException {
                throw new IOException("the line is dead");
            }

            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                if (begun) {
                    return read();
                }
                begun = true;
                b[off] = ' ';
                return 1;
            }
        };
        assertThatThrownBy(() -> read(2, broken, "-"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("standard input")
                .hasMessageContaining("the line is dead");
    }

    @Test
    void reportsProgressUpToAllThatIsThere() throws Exception {
        Path plain = file("a.log", log(0, 500));
        Path packed = file("b.gz", gzip(log(500, 900)));
        long size = Files.size(plain) + Files.size(packed);
        List<Long> heard = new ArrayList<>();
        LogSources.of(List.of(plain.toString(), packed.toString()), options(2, InputStream.nullInputStream()), 4096)
                .readInto(new Heard(), (read, total) -> {
                    assertThat(total).isEqualTo(size);
                    heard.add(read);
                });
        assertThat(heard).isSorted().endsWith(size);
    }

    @Test
    void givesTheSameOnAnyNumberOfThreads() throws Exception {
        Path file = file("a.log", log(0, 5000));
        List<String> one = read(1, InputStream.nullInputStream(), file.toString()).records;
        for (int threads = 2; threads <= 5; threads++) {
            assertThat(read(threads, InputStream.nullInputStream(), file.toString()).records)
                    .isEqualTo(one);
        }
    }
}
