package io.patchwar.model.envelope;

import io.patchwar.model.json.Slice;

/** Takes what an envelope held. */
public interface Opened {
    /**
     * A document from inside the envelope: JSON, or text that should be.
     *
     * @param source what the envelope says of where the event came from, empty if nothing
     */
    void document(Slice inner, String source);

    /** The envelope holds something that is known to be no audit event. */
    void nothing();
}
