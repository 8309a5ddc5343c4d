package io.patchwar.ingest.files;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.zip.GZIPOutputStream;

/** A log that is written and rotated as lumberjack, logrotate and kubelets do. */
final class RotatedLog {
    private static final DateTimeFormatter LUMBERJACK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS").withZone(ZoneOffset.UTC);

    private static final int MOST = 400;

    private final Path live;
    private Instant clock = Instant.parse("2026-11-24T05:00:00Z");
    private int next;

    RotatedLog(Path live) {
        this.live = live;
    }

    Path live() {
        return live;
    }

    /** How many lines were begun so far. */
    int written() {
        return next;
    }

    RotatedLog write(int lines) {
        append(AuditLines.lines(next, next + lines));
        next += lines;
        return this;
    }

    RotatedLog append(String text) {
        try {
            Files.writeString(live, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The next line in two halves, with something in between. */
    RotatedLog writeInHalves(Runnable between) {
        String line = AuditLines.line(next++) + "\n";
        append(line.substring(0, 300));
        between.run();
        return append(line.substring(300));
    }

    /** Renames the log as lumberjack does; the next write makes a new one. */
    Path rename() {
        clock = clock.plusSeconds(60);
        String name = live.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return move(live.resolveSibling(name.substring(0, dot) + "-" + LUMBERJACK.format(clock) + name.substring(dot)));
    }

    /** Renames it as logrotate does, after the others were shifted. */
    Path renameNumbered() {
        shift();
        return move(live.resolveSibling(live.getFileName() + ".1"));
    }

    private void shift() {
        for (int i = MOST; i > 0; i--) {
            for (String packed : new String[] {"", ".gz"}) {
                Path from = live.resolveSibling(live.getFileName() + "." + i + packed);
                if (Files.exists(from)) {
                    move(from, live.resolveSibling(live.getFileName() + "." + (i + 1) + packed));
                }
            }
        }
    }

    /** Copies it and empties it, with something in between. */
    Path copyAndTruncate(Runnable between) {
        shift();
        Path copy = live.resolveSibling(live.getFileName() + ".1");
        try {
            Files.copy(live, copy);
            between.run();
            Files.newByteChannel(live, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    static Path gzip(Path file) {
        return pack(file, ".gz");
    }

    static Path zstd(Path file) {
        return pack(file, ".zst");
    }

    private static Path pack(Path file, String suffix) {
        Path packed = file.resolveSibling(file.getFileName() + suffix);
        try {
            try (OutputStream raw = Files.newOutputStream(packed);
                    OutputStream out = suffix.equals(".gz") ? new GZIPOutputStream(raw) : new ZstdOutputStream(raw)) {
                Files.copy(file, out);
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed;
    }

    private Path move(Path to) {
        return move(live, to);
    }

    private static Path move(Path from, Path to) {
        try {
            return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
