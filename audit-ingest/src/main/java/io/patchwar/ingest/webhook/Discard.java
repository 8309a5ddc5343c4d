package io.patchwar.ingest.webhook;

import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads the rest of a body and forgets it, so that a sender that is still writing gets to read why it is refused: answered at
 * once it would see a reset connection instead. Bounded in bytes and time. One thread at a time.
 */
final class Discard {
    private final Request request;
    private final long until;
    private final Runnable then;
    private long left;

    private Discard(Request request, long most, Duration patience, Runnable then) {
        this.request = request;
        this.left = most;
        this.until = System.nanoTime() + patience.toNanos();
        this.then = then;
    }

    /**
     * Runs {@code then} once the body is over, broken, longer than {@code most} bytes, or not over in time.
     *
     * @param patience looked at with each piece that arrives; a sender that falls silent is cut off by the idle limit
     */
    static void rest(Request request, long most, Duration patience, Runnable then) {
        new Discard(request, most, patience, then).read();
    }

    private void read() {
        while (left > 0 && System.nanoTime() - until < 0) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::read);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                break;
            }
            left -= chunk.remaining();
            boolean last = chunk.isLast();
            chunk.release();
            if (last) {
                break;
            }
        }
        then.run();
    }
}
