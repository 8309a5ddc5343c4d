package io.patchwar.ingest.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A disk in memory that fills up, breaks, and forgets what was not forced when its machine crashes. Thread-safe. */
final class MemoryDisk implements SpoolDisk {
    private final Map<Long, File> files = new TreeMap<>();
    private byte[] position = new byte[0];
    private long free = Long.MAX_VALUE;
    int setAside;
    int forced;

    private static final class File {
        byte[] bytes = new byte[0];
        int durable;
    }

    /** Bytes that it takes from now on. */
    synchronized void free(long bytes) {
        free = bytes;
    }

    /** What is there after the machine lost its power: of what was not forced, some beginning. */
    synchronized MemoryDisk afterCrash(Random random) {
        MemoryDisk left = new MemoryDisk();
        files.forEach((number, file) -> {
            File copy = new File();
            int kept = file.durable + random.nextInt(file.bytes.length - file.durable + 1);
            copy.bytes = Arrays.copyOf(file.bytes, kept);
            copy.durable = kept;
            left.files.put(number, copy);
        });
        left.position = position.clone();
        return left;
    }

    /** Turns a bit of the segment, counted from the end. */
    synchronized void damage(long number, int fromEnd) {
        byte[] bytes = file(number).bytes;
        bytes[bytes.length - fromEnd] ^= 1;
    }

    synchronized void cut(long number, int bytes) {
        File file = file(number);
        file.bytes = Arrays.copyOf(file.bytes, file.bytes.length - bytes);
    }

    synchronized long total() {
        return files.values().stream().mapToLong(f -> f.bytes.length).sum();
    }

    private File file(long number) {
        File file = files.get(number);
        if (file == null) {
            throw new IllegalStateException("no segment " + number);
        }
        return file;
    }

    @Override
    public synchronized List<Long> segments() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized Segment create(long number) throws IOException {
        if (files.putIfAbsent(number, new File()) != null) {
            throw new IOException("there is a segment " + number);
        }
        return new Open(file(number));
    }

    @Override
    public synchronized Segment open(long number) {
        return new Open(file(number));
    }

    @Override
    public synchronized void delete(long number) {
        files.remove(number);
    }

    @Override
    public synchronized void setAside(long number) {
        files.remove(number);
        setAside++;
    }

    @Override
    public synchronized byte[] readPosition() {
        return position.clone();
    }

    @Override
    public synchronized void writePosition(byte[] written) throws IOException {
        if (free == 0) {
            throw new IOException("No space left on device");
        }
        position = written.clone();
    }

    private final class Open implements Segment {
        private final File file;

        Open(File file) {
            this.file = file;
        }

        @Override
        public long size() {
            synchronized (MemoryDisk.this) {
                return file.bytes.length;
            }
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            synchronized (MemoryDisk.this) {
                int n = (int) Math.min(free, bytes.remaining());
                int at = file.bytes.length;
                boolean all = n == bytes.remaining();
                file.bytes = Arrays.copyOf(file.bytes, at + n);
                bytes.get(file.bytes, at, n);
                free -= n;
                if (!all) {
                    throw new IOException("No space left on device");
                }
            }
        }

        @Override
        public void force() {
            synchronized (MemoryDisk.this) {
                file.durable = file.bytes.length;
                forced++;
            }
        }

        @Override
        public void truncate(long size) {
            synchronized (MemoryDisk.this) {
                file.bytes = Arrays.copyOf(file.bytes, (int) size);
                file.durable = Math.min(file.durable, (int) size);
            }
        }

        @Override
        public byte[] read(long at, int most) {
            synchronized (MemoryDisk.this) {
                int to = (int) Math.min(file.bytes.length, at + most);
                return at >= to ? new byte[0] : Arrays.copyOfRange(file.bytes, (int) at, to);
            }
        }

        @Override
        public void close() {}
    }
}
