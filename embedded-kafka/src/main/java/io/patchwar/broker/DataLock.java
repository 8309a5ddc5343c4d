package io.patchwar.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process away from a directory. The system lets go of the lock when its process dies, however it dies, so that
 * nothing is ever left to clean up; the file itself stays, and names its last owner. Held until {@link #close}.
 */
final class DataLock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MOST_DIGITS = 32;

    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, and waits for a while if another holds it.
     *
     * @throws BrokerException if another still holds it then, or there can be no such file
     */
    static DataLock take(Path file, Duration patience) throws BrokerException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            DataLock lock = attempt(file);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new BrokerException(file.getParent() + " is in use by another patchwar (process " + owner(file)
                        + "); stop that one, or give each a data directory of its own");
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    private static @Nullable DataLock attempt(Path file) throws BrokerException {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (locked(channel) == null) {
                channel.close();
                return null;
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            return new DataLock(channel);
        } catch (IOException e) {
            throw new BrokerException(
                    "cannot write to " + file + " (" + e + "); free or allow it, or choose another data directory", e);
        }
    }

    /** Null also where this very process holds it already. */
    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String owner(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.length() <= MOST_DIGITS && text.matches("\\d+") ? text : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Its process ends soon, and with it the lock.
        }
    }
}
