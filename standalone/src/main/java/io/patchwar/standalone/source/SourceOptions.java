package io.patchwar.standalone.source;

import io.patchwar.model.audit.Scope;
import java.io.InputStream;

/**
 * How to read.
 *
 * @param cluster name that every object of the events is given
 * @param scope which resources matter
 * @param threads how many threads parse, the calling one among them; at least 1
 * @param standardInput what {@code -} stands for
 */
public record SourceOptions(String cluster, Scope scope, int threads, InputStream standardInput) {
    public SourceOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
    }

    /** All processors, the default scope, and this process's standard input. */
    public static SourceOptions of(String cluster) {
        return new SourceOptions(
                cluster, Scope.DEFAULT, Math.max(1, Runtime.getRuntime().availableProcessors()), System.in);
    }
}
