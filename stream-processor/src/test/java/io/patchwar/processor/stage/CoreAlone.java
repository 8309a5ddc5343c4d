package io.patchwar.processor.stage;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.War;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.watch.WarWatch;
import io.patchwar.watch.WatchConfig;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The oracle: what the core finds without any stream around it. One thread, one cluster. */
final class CoreAlone implements AuditSink {
    private final WarWatch watch = new WarWatch(WatchConfig.shipped(), DigestKey.of(new byte[16]));
    private final AuditReader reader;

    CoreAlone(String cluster) {
        reader = new AuditReader(cluster, Scope.DEFAULT);
    }

    void read(byte[] line, String source) {
        byte[] own = line.clone();
        watch.read();
        reader.read(own, 0, own.length, source, this);
    }

    /** All wars, once all was read. */
    List<War> found() {
        watch.finish();
        return watch.findings().wars();
    }

    /** Their ids. */
    Set<String> wars() {
        return found().stream().map(War::id).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void accepted(AuditEvent event) {
        watch.accept(event);
    }

    @Override
    public void skipped(SkipReason reason) {
        // It has no part in any war.
    }

    @Override
    public void rejected(RejectReason reason, String detail) {
        throw new IllegalArgumentException(reason + ": " + detail);
    }
}
