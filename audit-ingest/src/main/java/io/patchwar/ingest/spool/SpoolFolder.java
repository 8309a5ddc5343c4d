package io.patchwar.ingest.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of segments, readable by its owner alone, that one process uses at a time. */
final class SpoolFolder implements SpoolDisk, AutoCloseable {
    private static final String SUFFIX = ".spool";
    private static final int MOST_POSITION = 64;

    private final Path folder;
    private final FileChannel position;
    private final FileChannel lockFile;
    private final FileLock lock;

    private SpoolFolder(Path folder, FileChannel position, FileChannel lockFile, FileLock lock) {
        this.folder = folder;
        this.position = position;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Takes the folder, which is made if it is not there.
     *
     * @throws IOException if it cannot be used, or another process uses it
     */
    static SpoolFolder take(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new IOException("another process uses the spool in " + folder + "; give each its own folder");
        }
        FileChannel position = FileChannel.open(
                folder.resolve("position"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        return new SpoolFolder(folder, position, channel, lock);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public List<Long> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("\\d{1,18}\\.spool"))
                    .map(name -> Long.valueOf(name.substring(0, name.length() - SUFFIX.length())))
                    .sorted()
                    .toList();
        }
    }

    private Path file(long number) {
        return folder.resolve(String.format(Locale.ROOT, "%018d", number) + SUFFIX);
    }

    @Override
    public Segment create(long number) throws IOException {
        return new OneFile(FileChannel.open(
                file(number),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)));
    }

    @Override
    public Segment open(long number) throws IOException {
        return new OneFile(FileChannel.open(file(number), StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public void delete(long number) throws IOException {
        Files.deleteIfExists(file(number));
    }

    @Override
    public void setAside(long number) throws IOException {
        Path file = file(number);
        Files.move(file, folder.resolve(file.getFileName() + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public byte[] readPosition() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(position.size(), MOST_POSITION));
        while (buffer.hasRemaining() && position.read(buffer, buffer.position()) >= 0) {}
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** Over what is there: that takes no room on a disk that is full. */
    @Override
    public void writePosition(byte[] written) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(written);
        while (buffer.hasRemaining()) {
            int at = buffer.position();
            position.write(buffer, at);
        }
    }

    @Override
    public void close() throws IOException {
        position.close();
        lock.release();
        lockFile.close();
    }

    private static final class OneFile implements Segment {
        private final FileChannel channel;

        OneFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            long at = channel.size();
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public byte[] read(long at, int most) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(most, channel.size() - at)));
            long p = at;
            while (buffer.hasRemaining()) {
                int n = channel.read(buffer, p);
                if (n < 0) {
                    break;
                }
                p += n;
            }
            return buffer.position() == buffer.capacity()
                    ? buffer.array()
                    : Arrays.copyOf(buffer.array(), buffer.position());
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
