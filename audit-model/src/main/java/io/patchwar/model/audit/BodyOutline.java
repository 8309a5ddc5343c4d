package io.patchwar.model.audit;

import io.patchwar.model.json.MemberBounds;
import io.patchwar.model.json.Slice;
import io.patchwar.model.json.Words;
import org.jspecify.annotations.Nullable;

/** Where a body stands, and in it what tells which object it is. Used again for the next body; one thread. */
final class BodyOutline {
    private static final int MOST_BOUNDS = 16;

    long body;
    long kind;
    long name;
    long uid;
    long version;

    /** Where its objects and arrays stand, counted from its beginning; the first few of a body that has many. */
    private final int[] bounds = new int[2 * MOST_BOUNDS];

    private int bounded;

    /** Forgets all. A body may be given twice: the last one counts, as the API server's decoder has it. */
    void forget() {
        body = Stretch.NONE;
        kind = Stretch.NONE;
        bounded = 0;
        forgetMetadata();
    }

    /** Notes where an object or array among its members stands. */
    void bound(int from, int to) {
        if (bounded < bounds.length) {
            bounds[bounded++] = from;
            bounds[bounded++] = to;
        }
    }

    /** The body as it stands in that buffer, null if there is none. */
    @Nullable
    Slice slice(byte[] b) {
        return body == Stretch.NONE
                ? null
                : Slice.of(b, Stretch.from(body), Stretch.to(body), MemberBounds.of(bounds, bounded));
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
        bounded = other.bounded;
        System.arraycopy(other.bounds, 0, bounds, 0, bounded);
    }

    /** Whether the body is no object but what came of the request. */
    boolean isStatus(byte[] b, Words words) {
        return kind != Stretch.NONE
                && words.text(b, Stretch.from(kind), Stretch.to(kind)).equals("Status");
    }
}
