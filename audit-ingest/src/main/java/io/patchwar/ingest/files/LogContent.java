package io.patchwar.ingest.files;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** An open log, read from any place on, unpacked. Whatever happens to its name, it stays the same file. One thread. */
abstract class LogContent implements Closeable {
    private static final int MOST_ATTEMPTS = 50;
    private static final int GZIP = 0x1f8b;
    private static final int ZSTD = 0x28b52ffd;

    private final Path path;
    private final FileChannel channel;
    private final String fileKey;

    private LogContent(Path path, FileChannel channel, String fileKey) {
        this.path = path;
        this.channel = channel;
        this.fileKey = fileKey;
    }

    /**
     * Reads from that place on.
     *
     * @return how many bytes, 0 if there is no more, for now
     * @throws FileSystemException if that cannot be read; says which file, by the name that it was opened by
     */
    final int read(long offset, byte[] b, int from, int length) throws IOException {
        try {
            return Math.max(0, readAt(offset, b, from, length));
        } catch (IOException e) {
            throw named(path, e);
        }
    }

    abstract int readAt(long offset, byte[] b, int from, int length) throws IOException;

    /** Whether it may still grow; a packed one does not. */
    abstract boolean mayGrow();

    /** Inode and device, empty if the system has none. */
    final String fileKey() {
        return fileKey;
    }

    /** Bytes on the disk now. */
    final long size() throws IOException {
        return channel.size();
    }

    @Override
    public final void close() throws IOException {
        channel.close();
    }

    @Override
    public final String toString() {
        return path.toString();
    }

    /** The first bytes, {@link Fingerprint#LONGEST} at most, as they are now. */
    byte[] head() throws IOException {
        byte[] head = new byte[Fingerprint.LONGEST];
        int n = 0;
        int got;
        while (n < head.length && (got = read(n, head, n, head.length - n)) > 0) {
            n += got;
        }
        return Arrays.copyOf(head, n);
    }

    /**
     * Opens it, packed or not, by how it begins.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there, or was taken from there while it was opened
     */
    static LogContent open(Path path) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            String fileKey = fileKeyOf(path);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            LogContent opened = null;
            try {
                // Names are shifted at any moment: what had the name before and after is what was opened in between.
                if (fileKeyOf(path).equals(fileKey)) {
                    opened = of(path, channel, fileKey);
                    return opened;
                }
            } finally {
                if (opened == null) {
                    channel.close();
                }
            }
        }
        throw new IOException(path + " is being renamed all the while; tried again soon");
    }

    private static LogContent of(Path path, FileChannel channel, String fileKey) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(Integer.BYTES);
        int n;
        try {
            n = channel.read(magic, 0);
        } catch (IOException e) {
            throw named(path, e);
        }
        if (n >= 2 && (magic.getShort(0) & 0xffff) == GZIP) {
            return new Packed(path, channel, fileKey, false);
        }
        if (n == Integer.BYTES && magic.getInt(0) == ZSTD) {
            return new Packed(path, channel, fileKey, true);
        }
        return new Plain(path, channel, fileKey);
    }

    static String fileKeyOf(Path path) throws IOException {
        return fileKeyOf(Files.readAttributes(path, BasicFileAttributes.class));
    }

    static String fileKeyOf(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? "" : key.toString();
    }

    /** A disk's error names no file, and beside a log stand those that it was rotated into. */
    private static IOException named(Path path, IOException e) {
        if (e instanceof FileSystemException) {
            return e;
        }
        FileSystemException named = new FileSystemException(path.toString(), null, e.getMessage());
        named.initCause(e);
        return named;
    }

    private static final class Plain extends LogContent {
        private final FileChannel channel;

        Plain(Path path, FileChannel channel, String fileKey) {
            super(path, channel, fileKey);
            this.channel = channel;
        }

        @Override
        int readAt(long offset, byte[] b, int from, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(b, from, length), offset);
        }

        /** Read in one go, so that it is of one moment: between two it may have been emptied, and written again. */
        @Override
        byte[] head() throws IOException {
            byte[] head = new byte[Fingerprint.LONGEST];
            return Arrays.copyOf(head, read(0, head, 0, head.length));
        }

        @Override
        boolean mayGrow() {
            return true;
        }
    }

    /** Read from its beginning again whenever somebody goes back. */
    private static final class Packed extends LogContent {
        private static final int BUFFER = 1 << 16;

        private final FileChannel channel;
        private final boolean zstd;
        private @Nullable InputStream in;
        private long at;

        Packed(Path path, FileChannel channel, String fileKey, boolean zstd) {
            super(path, channel, fileKey);
            this.channel = channel;
            this.zstd = zstd;
        }

        @Override
        int readAt(long offset, byte[] b, int from, int length) throws IOException {
            try {
                return unpack(offset, b, from, length);
            } catch (IOException e) {
                // It is not known how far it got: to be begun anew once the file is whole.
                in = null;
                throw e;
            }
        }

        private int unpack(long offset, byte[] b, int from, int length) throws IOException {
            InputStream unpacked = in;
            if (unpacked == null || at > offset) {
                channel.position(0);
                InputStream raw = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
                unpacked = zstd ? new ZstdInputStream(raw) : new GZIPInputStream(raw, BUFFER);
                in = unpacked;
                at = 0;
            }
            while (at < offset) {
                long skipped = unpacked.skip(offset - at);
                if (skipped <= 0) {
                    if (unpacked.read() < 0) {
                        return 0;
                    }
                    skipped = 1;
                }
                at += skipped;
            }
            int n = unpacked.read(b, from, length);
            at += Math.max(0, n);
            return n;
        }

        @Override
        boolean mayGrow() {
            return false;
        }
    }

    /** Whether what was to be unpacked is not whole, or not yet: it is being packed at this moment. */
    static boolean isHalfPacked(IOException e) {
        Throwable cause = e instanceof FileSystemException && e.getCause() != null ? e.getCause() : e;
        return cause instanceof EOFException || cause instanceof ZipException || cause instanceof ZstdIOException;
    }
}
