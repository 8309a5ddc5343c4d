package io.patchwar.watch.live;

import io.patchwar.model.audit.AuditEvent;

/** An event that waits for those that belong before it. */
final class HeldEvent {
    final AuditEvent event;
    final LiveObject object;
    final long position;

    /** Whether the memory has it. */
    boolean stored;

    boolean judged;

    HeldEvent(AuditEvent event, LiveObject object, long position) {
        this.event = event;
        this.object = object;
        this.position = position;
    }

    /** Roughly how many bytes of heap it takes. */
    long size() {
        return 600L + event.bodyBytes();
    }
}
