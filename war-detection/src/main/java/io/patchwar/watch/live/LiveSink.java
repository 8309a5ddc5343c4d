package io.patchwar.watch.live;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.WarUpdate;

/**
 * Takes what a {@link LiveWatch} finds, as it happens, on the watch's thread: from within {@code accept} and
 * {@code heartbeat}, never from {@code commit} or {@code restore}.
 */
public interface LiveSink {

    /**
     * A war or finding changed. Each change of its lifecycle comes at once; mere progress at most once in a while of its
     * cluster's time, the last state always. Revisions of one war rise. Its severity is what can be said from this one
     * partition. Whether it is a war or a finding says its class; a muted one comes, too.
     */
    void war(WarUpdate update);

    /** A write that changed an object: at least one field, or whether it exists. Changes that only echo others are among them. */
    default void changes(ObjectRef object, Observation write) {}
}
