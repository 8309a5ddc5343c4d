package io.patchwar.standalone.source;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import java.io.InputStream;

/**
 * How to read.
 *
 * @param cluster name that every object of the events is given
 * @param scope which resources matter
 * @param threads how many threads parse, the calling one among them; at least 1
 * @param standardInput what {@code -} stands for
 * @param witness hears of everything where it is parsed: of each log in order, of several in any, and on any parsing thread
 */
public record SourceOptions(String cluster, Scope scope, int threads, InputStream standardInput, AuditSink witness) {
    /** Nobody listens there. */
    public static final AuditSink NO_WITNESS = new AuditSink() {
        @Override
        public void accepted(AuditEvent event) {}

        @Override
        public void skipped(SkipReason reason) {}

        @Override
        public void rejected(RejectReason reason, String detail) {}
    };

    public SourceOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
    }

    public SourceOptions(String cluster, Scope scope, int threads, InputStream standardInput) {
        this(cluster, scope, threads, standardInput, NO_WITNESS);
    }

    /** One thread, which is the calling one, so that a witness needs no locks. */
    public static SourceOptions witnessed(String cluster, InputStream standardInput, AuditSink witness) {
        return new SourceOptions(cluster, Scope.DEFAULT, 1, standardInput, witness);
    }

    /** All processors, the default scope, and this process's standard input. */
    public static SourceOptions of(String cluster) {
        return new SourceOptions(
                cluster, Scope.DEFAULT, Math.max(1, Runtime.getRuntime().availableProcessors()), System.in);
    }
}
