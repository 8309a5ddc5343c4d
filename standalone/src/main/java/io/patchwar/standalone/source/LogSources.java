package io.patchwar.standalone.source;

import io.patchwar.model.audit.AuditSink;
import java.util.List;

/**
 * The logs of one invocation, found and looked at, and read once. Several logs are merged by time, whether they are one
 * server's rotated files or the files of several servers, in whatever order they were named.
 */
public final class LogSources {
    /** A document that is longer is passed over. */
    static final int LONGEST_DOCUMENT = 64 << 20;

    static final int CHUNK = 1 << 18;

    private final SourceOptions options;
    private final Inputs inputs;
    private final long total;
    private final int chunkBytes;

    private LogSources(SourceOptions options, Inputs inputs, int chunkBytes) {
        this.options = options;
        this.inputs = inputs;
        this.chunkBytes = chunkBytes;
        long sum = 0;
        for (Merge.Waiting log : inputs.logs) {
            sum = sum < 0 || log.file().size() < 0
                    ? Progress.UNKNOWN
                    : sum + log.file().size();
        }
        this.total = sum;
    }

    /**
     * Finds what the arguments mean: a file, a directory (with those below it; hidden ones left out), {@code -} for standard
     * input. Opens each file once, so that what cannot be read shows before anything was read.
     *
     * @throws SourceException if nothing is named, or something cannot be read
     */
    public static LogSources of(List<String> arguments, SourceOptions options) throws SourceException {
        return of(arguments, options, CHUNK);
    }

    static LogSources of(List<String> arguments, SourceOptions options, int chunkBytes) throws SourceException {
        if (arguments.isEmpty()) {
            throw new SourceException("nothing to read: name audit logs, directories of them, or - for standard input");
        }
        Inputs inputs = new Inputs(options);
        for (String argument : arguments) {
            inputs.add(argument);
        }
        return new LogSources(options, inputs, chunkBytes);
    }

    /** The logs that will be read, as they were named or found. */
    public List<String> names() {
        return inputs.logs.stream().map(log -> log.file().name()).toList();
    }

    /** Files in the directories that will not be read, each with the reason, for a person. Their names are as they lie there. */
    public List<String> leftOut() {
        return List.copyOf(inputs.leftOut);
    }

    /**
     * Reads everything into the sink, which hears of every record once, all on the calling thread. Call it once.
     *
     * @throws SourceException if a log cannot be read on; what the sink heard until then is good
     */
    public void readInto(AuditSink sink, Progress progress) throws SourceException {
        readInto(sink, progress, Judging.NONE);
    }

    /**
     * The same, and lets the threads that read do what comes of the writes, which goes first.
     *
     * @param judging says when the bytes of a write may be written over; its sink takes the writes
     */
    public void readInto(AuditSink sink, Progress progress, Judging judging) throws SourceException {
        inputs.refused.forEach(batch -> batch.tellRest(sink));
        try (ReadAhead ahead = new ReadAhead(options, chunkBytes, judging)) {
            new Merge(inputs.logs, ahead, LONGEST_DOCUMENT, sink, () -> progress.heard(read(), total)).run();
        }
        progress.heard(read(), total);
    }

    private long read() {
        long sum = 0;
        for (Merge.Waiting log : inputs.logs) {
            sum += log.file().read();
        }
        return sum;
    }
}
