package io.patchwar.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a broker says, its JVM's own last words included, in a file and three older ones of bounded size. A log that cannot
 * be written is done without: the broker must never wait for it. Thread-safe.
 */
final class BrokerLog implements AutoCloseable {
    private static final int OLDER = 3;
    private static final int REMEMBERED = 50;
    private static final int LONGEST = 8 << 10;

    private final Path file;
    private final long mostBytes;
    private final Deque<String> last = new ArrayDeque<>();
    private @Nullable OutputStream out;
    private long written;

    /**
     * @param file appended to if it is there
     * @param mostBytes after which it is put aside and begun anew
     */
    BrokerLog(Path file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    Path file() {
        return file;
    }

    /** Writes down what comes, until there is no more. Each line is shown to the listener first. */
    void pump(InputStream in, Listener listener) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                listener.heard(line);
                write(line);
                line = lines.readLine();
            }
        } catch (IOException e) {
            // The other end of the pipe is gone.
        }
    }

    /** Somebody who waits for a line. */
    interface Listener {
        void heard(String line);
    }

    synchronized void write(String line) {
        String bounded = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
        last.addLast(bounded);
        if (last.size() > REMEMBERED) {
            last.removeFirst();
        }
        byte[] bytes = (bounded + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            OutputStream open = open();
            open.write(bytes);
            open.flush();
            written += bytes.length;
            if (written >= mostBytes) {
                rotate();
            }
        } catch (IOException e) {
            close(); // a full disk, most likely; the next line tries again
        }
    }

    /** The newest lines that were said, oldest first. */
    synchronized List<String> last() {
        return List.copyOf(last);
    }

    /** What follows is said by another broker. */
    synchronized void forget() {
        last.clear();
    }

    private OutputStream open() throws IOException {
        OutputStream open = out;
        if (open == null) {
            open = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            written = Files.size(file);
            out = open;
        }
        return open;
    }

    private void rotate() throws IOException {
        close();
        for (int i = OLDER; i > 0; i--) {
            Path older = i == 1 ? file : aside(i - 1);
            if (Files.exists(older)) {
                Files.move(older, aside(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path aside(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public synchronized void close() {
        OutputStream open = out;
        out = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Nothing was held back: each line was flushed.
            }
        }
    }
}
