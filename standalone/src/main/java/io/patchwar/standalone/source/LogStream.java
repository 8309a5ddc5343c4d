package io.patchwar.standalone.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** An open log and what was read ahead of it. All but the framer is guarded by the lock of its {@link ReadAhead}. */
final class LogStream {
    /** A stretch that somebody parses, or has parsed. */
    static final class Stretch {
        private @Nullable Batch batch;

        @Nullable
        Batch batch() {
            return batch;
        }

        void parsed(@Nullable Batch result) {
            batch = result;
        }
    }

    final LogFile file;
    final Framer framer;
    final Deque<Stretch> ahead = new ArrayDeque<>();

    /** Somebody is at the framer. */
    boolean framing;

    /** The framer has said its last. */
    boolean ended;

    boolean anything;
    private final InputStream in;

    private LogStream(LogFile file, InputStream in, int longest) {
        this.file = file;
        this.in = in;
        this.framer = new Framer(in, longest);
    }

    static LogStream open(LogFile file, int longest) throws SourceException {
        try {
            InputStream raw = file.open();
            try {
                return new LogStream(file, Compression.unpack(raw), longest);
            } catch (IOException e) {
                raw.close();
                throw e;
            }
        } catch (IOException e) {
            throw Failures.reading(file.name(), e);
        }
    }

    /** What is to be said of the log's end; null if it simply ended. */
    @Nullable
    Batch lastWords() throws SourceException {
        IOException failure = framer.failure();
        if (failure == null) {
            return null;
        }
        if (anything && Failures.isDamage(failure)) {
            return Failures.damaged(file.name());
        }
        throw Failures.reading(file.name(), failure);
    }

    void close() {
        try {
            in.close();
        } catch (IOException e) {
            // It was read to its end, or is given up: nothing is lost.
        }
    }
}
