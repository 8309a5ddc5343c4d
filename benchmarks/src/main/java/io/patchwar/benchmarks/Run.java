package io.patchwar.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of a {@link Rival}.
 *
 * @param seconds from the start of its process to its end
 * @param firstOutputSeconds from the start to its first byte on standard output
 * @param peakBytes the largest resident set of any one of its processes; empty where the system does not tell
 * @param output its standard output, UTF-8
 */
record Run(double seconds, double firstOutputSeconds, OptionalLong peakBytes, String output) {
    private static final int LONGEST_OUTPUT = 64 << 20;
    private static final long POLL_MILLIS = 5;

    /** Runs it, kills it after the timeout, and refuses an exit status that is no answer. */
    static Run of(Rival rival, Duration timeout) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(rival.command()).redirectError(ProcessBuilder.Redirect.INHERIT);
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture<Output> output =
                    CompletableFuture.supplyAsync(() -> Output.of(process.getInputStream(), start));
            long peak = 0;
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, peakBytes(process));
                if (System.nanoTime() - start > timeout.toNanos()) {
                    throw new IOException(rival.name() + " did not end within " + timeout);
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (!rival.exits().contains(process.exitValue())) {
                throw new IOException(rival.name() + " ended with status " + process.exitValue());
            }
            Output read = output.get();
            return new Run(
                    seconds,
                    // The reading thread may look at its clock after we saw the end.
                    Math.min(read.firstByteSeconds, seconds),
                    peak == 0 ? OptionalLong.empty() : OptionalLong.of(peak),
                    read.text);
        } catch (ExecutionException e) {
            throw new IOException("cannot read what " + rival.name() + " says", e.getCause());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The high-water mark that Linux keeps of each process: polled, but never missed by more than the last moment. */
    private static long peakBytes(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(handle -> peakBytes(handle.pid()))
                .max()
                .orElse(0);
    }

    private static long peakBytes(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (NoSuchFileException e) {
            return 0; // it has ended, or this is no Linux
        } catch (IOException e) {
            return 0; // it ended while we read
        }
        return 0;
    }

    private record Output(String text, double firstByteSeconds) {
        static Output of(InputStream in, long start) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (in) {
                int first = in.read();
                double seconds = (System.nanoTime() - start) / 1e9;
                if (first >= 0) {
                    bytes.write(first);
                    bytes.writeBytes(in.readNBytes(LONGEST_OUTPUT));
                }
                return new Output(bytes.toString(StandardCharsets.UTF_8), seconds);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
