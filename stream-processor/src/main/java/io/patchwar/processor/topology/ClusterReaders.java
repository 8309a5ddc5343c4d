package io.patchwar.processor.topology;

import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.Scope;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reader for each cluster's events; of many clusters those that were read last. One thread. */
final class ClusterReaders {
    private static final int MOST = 64;

    private final Scope scope;
    private final Map<String, AuditReader> readers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AuditReader> eldest) {
            return size() > MOST;
        }
    };

    ClusterReaders(Scope scope) {
        this.scope = scope;
    }

    AuditReader of(String cluster) {
        return readers.computeIfAbsent(cluster, name -> new AuditReader(name, scope));
    }
}
