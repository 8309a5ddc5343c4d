package io.patchwar.standalone.doctor;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.json.Slice;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks for one kind of defect. Bounded in memory, whatever it is shown. One thread. */
interface Probe {
    /** An audit event as it stands, whatever it is about; of each log in its order. The view is used again for the next. */
    default void event(RawEvent event) {}

    /** An envelope, or some other object that is no event. */
    default void envelope(Slice document, String server, int layer) {}

    /** A write in scope, of all logs in the order of their stamps. */
    default void write(AuditEvent event, String server) {}

    /**
     * Something that could not be read.
     *
     * @param document the object that it was found in, null if none was
     */
    default void rejected(RejectReason reason, @Nullable Slice document) {}

    /** Everything was shown. */
    void conclude(Consumer<Finding> findings);
}
