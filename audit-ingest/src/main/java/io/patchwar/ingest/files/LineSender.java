package io.patchwar.ingest.files;

import io.patchwar.ingest.pipeline.Batch;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.pipeline.Pipeline;
import java.util.concurrent.CompletableFuture;

/** Hands lines to the pipeline, each with the byte of its log at which it begins. One thread. */
final class LineSender {
    /** Of a line that is too long, so much goes to the dead letters. */
    private static final int SHOWN_OF_OVERSIZED = 64 << 10;

    private final Pipeline pipeline;
    private final Origin origin;

    LineSender(Pipeline pipeline, Origin origin) {
        this.pipeline = pipeline;
        this.origin = origin;
    }

    /** The lines in the first bytes of the buffer; completes when they are durable. */
    CompletableFuture<Void> send(LineBuffer buffer, int end) {
        try (Batch batch = pipeline.begin(origin)) {
            byte[] b = buffer.bytes();
            int from = 0;
            while (from < end) {
                int to = from;
                while (to < end && b[to] != '\n') {
                    to++;
                }
                if (to > from) {
                    batch.feed(b, from, to, buffer.base() + from);
                }
                from = to + 1;
            }
            return batch.commit();
        }
    }

    /** The beginning of a line that is longer than may be held: what becomes a dead letter. */
    CompletableFuture<Void> sendOversized(LineBuffer buffer) {
        try (Batch batch = pipeline.begin(origin)) {
            batch.feed(buffer.bytes(), 0, Math.min(SHOWN_OF_OVERSIZED, buffer.filled()), buffer.base());
            return batch.commit();
        }
    }
}
