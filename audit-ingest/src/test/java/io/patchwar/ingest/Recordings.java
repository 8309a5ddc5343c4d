package io.patchwar.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What real API servers wrote down, and what people published of theirs: documents, as bytes. */
public final class Recordings {
    private static final Path FOLDER = Path.of("..", "recordings");

    private Recordings() {}

    /** Names of all recordings. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonl.gz"))
                    .map(name -> name.substring(0, name.length() - ".jsonl.gz".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a recording. */
    public static List<byte[]> lines(String name) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name + ".jsonl.gz")))) {
            return split(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The truth beside a recording, as it stands. */
    public static byte[] truth(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name + ".truth.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<byte[]> split(byte[] all) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= all.length; i++) {
            if (i == all.length || all[i] == '\n') {
                if (i > from) {
                    lines.add(java.util.Arrays.copyOfRange(all, from, i));
                }
                from = i + 1;
            }
        }
        return lines;
    }
}
