package io.patchwar.ingest.files;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** An open log, read from any place on, unpacked. Whatever happens to its name, it stays the same file. One thread. */
abstract class LogContent implements Closeable {
    private static final int MOST_ATTEMPTS = 50;
    private static final int GZIP = 0x1f8b;
    private static final int ZSTD = 0x28b52ffd;

    /**
     * Reads from that place on.
     *
     * @return how many bytes, 0 if there is no more, for now
     */
    abstract int read(long offset, byte[] b, int from, int length) throws IOException;

    /** Whether it may still grow; a packed one does not. */
    abstract boolean mayGrow();

    /** Inode and device, empty if the system has none. */
    abstract String fileKey();

    /** Bytes on the disk now. */
    abstract long size() throws IOException;

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
        int n = channel.read(magic, 0);
        if (n >= 2 && (magic.getShort(0) & 0xffff) == GZIP) {
            return new Packed(path, channel, fileKey, false);
        }
        if (n == Integer.BYTES && magic.getInt(0) == ZSTD) {
            return new Packed(path, channel, fileKey, true);
        }
        return new Plain(channel, fileKey);
    }

    static String fileKeyOf(Path path) throws IOException {
        return fileKeyOf(Files.readAttributes(path, BasicFileAttributes.class));
    }

    static String fileKeyOf(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? "" : key.toString();
    }

    private static final class Plain extends LogContent {
        private final FileChannel channel;
        private final String fileKey;

        Plain(FileChannel channel, String fileKey) {
            this.channel = channel;
            this.fileKey = fileKey;
        }

        @Override
        long size() throws IOException {
            return channel.size();
        }

        @Override
        int read(long offset, byte[] b, int from, int length) throws IOException {
            return Math.max(0, channel.read(ByteBuffer.wrap(b, from, length), offset));
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

        @Override
        String fileKey() {
            return fileKey;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Read from its beginning again whenever somebody goes back. */
    private static final class Packed extends LogContent {
        private static final int BUFFER = 1 << 16;

        private final Path path;
        private final String fileKey;
        private final boolean zstd;
        private final FileChannel channel;
        private @Nullable InputStream in;
        private long at;

        Packed(Path path, FileChannel channel, String fileKey, boolean zstd) {
            this.path = path;
            this.channel = channel;
            this.fileKey = fileKey;
            this.zstd = zstd;
        }

        @Override
        int read(long offset, byte[] b, int from, int length) throws IOException {
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
            return Math.max(0, n);
        }

        @Override
        boolean mayGrow() {
            return false;
        }

        @Override
        String fileKey() {
            return fileKey;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        @Override
        public String toString() {
            return path.toString();
        }

        @Override
        long size() throws IOException {
            return channel.size();
        }
    }

    /** Whether what was to be unpacked is not whole, or not yet: it is being packed at this moment. */
    static boolean isHalfPacked(IOException e) {
        return e instanceof EOFException
                || e instanceof java.util.zip.ZipException
                || e instanceof com.github.luben.zstd.ZstdIOException;
    }
}
