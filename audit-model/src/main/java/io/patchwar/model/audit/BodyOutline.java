package io.patchwar.model.audit;

import io.patchwar.model.json.Words;

/** Where a body stands, and in it what tells which object it is. Used again for the next body; one thread. */
final class BodyOutline {
    long body;
    long kind;
    long name;
    long uid;
    long version;

    /** Forgets all. A body may be given twice: the last one counts, as the API server's decoder has it. */
    void forget() {
        body = Stretch.NONE;
        kind = Stretch.NONE;
        forgetMetadata();
    }

    void forgetMetadata() {
        name = Stretch.NONE;
        uid = Stretch.NONE;
        version = Stretch.NONE;
    }

    /** Becomes the outline of a body in which all stands where it does in the other, but so many bytes further on. */
    void follow(BodyOutline other, int by) {
        body = Stretch.moved(other.body, by);
        kind = Stretch.moved(other.kind, by);
        name = Stretch.moved(other.name, by);
        uid = Stretch.moved(other.uid, by);
        version = Stretch.moved(other.version, by);
    }

    /** Whether the body is no object but what came of the request. */
    boolean isStatus(byte[] b, Words words) {
        return kind != Stretch.NONE
                && words.text(b, Stretch.from(kind), Stretch.to(kind)).equals("Status");
    }
}
