package io.patchwar.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The second rival: Jackson's streaming parser, which looks at every token of every line and keeps none. Run as
 * {@code JacksonSkim FILE THREADS} it prints what it counted. The file is taken in chunks, cut at line ends, by
 * whichever thread is free; one parser reads a whole chunk.
 */
public final class JacksonSkim {
    private static final int CHUNK = 8 << 20;
    /** What may follow a chunk up to the end of its last line; a longer line is refused. */
    private static final int LONGEST_LINE = 1 << 20;

    private final FileChannel file;
    private final long size;
    private final AtomicLong nextChunk = new AtomicLong();
    private final JsonFactory json = JsonFactory.builder()
            // Interning names is for those who compare them by identity; here it would only cost.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JacksonSkim(FileChannel file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: JacksonSkim FILE THREADS");
            System.exit(2);
        }
        long start = System.nanoTime();
        Path file = Path.of(arguments[0]);
        long tokens = skim(file, Integer.parseInt(arguments[1]));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT, "%d tokens, %.0f MB/s%n", tokens, file.toFile().length() / 1e6 / seconds);
    }

    /** Counts the tokens. */
    static long skim(Path path, int threads) throws IOException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            JacksonSkim skim = new JacksonSkim(file);
            List<Future<Long>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(executor.submit((Callable<Long>) skim::takeChunks));
            }
            long all = 0;
            for (Future<Long> part : parts) {
                all += part.get();
            }
            return all;
        } catch (ExecutionException e) {
            throw new IOException("cannot skim " + path, e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private long takeChunks() throws IOException {
        byte[] bytes = new byte[CHUNK + LONGEST_LINE + 1];
        long tokens = 0;
        for (long start = nextChunk.getAndAdd(CHUNK); start < size; start = nextChunk.getAndAdd(CHUNK)) {
            tokens += takeChunk(start, bytes);
        }
        return tokens;
    }

    /** The lines that begin in this chunk. It begins a byte early, to see whether its first line does begin there. */
    private long takeChunk(long start, byte[] bytes) throws IOException {
        long readFrom = Math.max(0, start - 1);
        int length = read(readFrom, bytes);
        int owned = (int) Math.min(start + CHUNK - readFrom, length);
        int from = start == 0 ? 0 : afterLineEnd(bytes, 0, length);
        int to = owned == length ? length : afterLineEnd(bytes, owned - 1, length);
        if (from >= to) {
            return 0;
        }
        long tokens = 0;
        try (JsonParser parser = json.createParser(bytes, from, to - from)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    private int read(long from, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {
            // until the buffer or the file is at its end
        }
        return buffer.position();
    }

    private static int afterLineEnd(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        if (length == bytes.length) {
            throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
        }
        return length;
    }
}
