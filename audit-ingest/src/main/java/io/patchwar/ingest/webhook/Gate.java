package io.patchwar.ingest.webhook;

import org.eclipse.jetty.server.Request;

/** Who may post for which cluster. Thread-safe. */
public interface Gate {
    /** What the gate says. */
    enum Decision {
        PASSED,
        /** Nobody knows who that is. */
        UNKNOWN,
        /** Known, and may not post for that cluster. */
        WRONG_CLUSTER,
        /** There is no such cluster; said only to who is known. */
        NO_SUCH_CLUSTER
    }

    Decision check(Request request, String cluster);
}
