package io.patchwar.standalone.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One log: a file, or standard input. Counts what was read of it, for whichever thread asks. */
final class LogFile {
    /** The JDK copies through a buffer of this size that stays in the processor's cache. */
    private static final int STEP = 1 << 17;

    private final String name;
    private final @Nullable Path path;
    private final @Nullable InputStream stream;
    private final long size;
    private volatile long read;

    private LogFile(String name, @Nullable Path path, @Nullable InputStream stream, long size) {
        this.name = name;
        this.path = path;
        this.stream = stream;
        this.size = size;
    }

    static LogFile of(Path path, String name) throws IOException {
        // A pipe has no size, and can be read once only.
        if (!Files.isRegularFile(path)) {
            return new LogFile(name, null, Files.newInputStream(path), Progress.UNKNOWN);
        }
        return new LogFile(name, path, null, Files.size(path));
    }

    static LogFile standardInput(InputStream in) {
        return new LogFile("standard input", null, in, Progress.UNKNOWN);
    }

    /** As the user named it. */
    String name() {
        return name;
    }

    /** Bytes, packed as they lie there; {@link Progress#UNKNOWN} of a stream. */
    long size() {
        return size;
    }

    /** Bytes of it read so far, packed as they are. */
    long read() {
        return read;
    }

    /** Whether it can be read once only, from its beginning to its end. */
    boolean isStream() {
        return stream != null;
    }

    /** Its bytes as they lie there, from the beginning. */
    InputStream open() throws IOException {
        if (path == null) {
            return new Counted(java.util.Objects.requireNonNull(stream));
        }
        return new Counted(Channels.newInputStream(FileChannel.open(path, StandardOpenOption.READ)));
    }

    private final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            if (b >= 0) {
                read = ++count;
            }
            return b;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = in.read(b, off, Math.min(len, STEP));
            if (n > 0) {
                count += n;
                read = count;
            }
            return n;
        }
    }
}
