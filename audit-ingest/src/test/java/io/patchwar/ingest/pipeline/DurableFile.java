package io.patchwar.ingest.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Appends what is delivered to a file, a line each, for a process that is killed: what it wrote is left to the system, which is
 * as durable as a test needs it. Thread-safe.
 */
public final class DurableFile implements Outlet {
    private final FileChannel file;

    public DurableFile(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized CompletableFuture<Void> deliver(List<OutRecord> records, boolean maySpool) {
        StringBuilder lines = new StringBuilder();
        for (OutRecord out : records) {
            lines.append(new String(out.value(), StandardCharsets.UTF_8)).append('\n');
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
