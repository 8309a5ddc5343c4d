package io.patchwar.model.audit;

/** Annotations that ingest adds to an event, where the event itself can no longer tell something. Stateless. */
public final class EventAnnotations {
    /** Length of the reply as the API server told it, in decimal digits; only where the reply that travels has another length. */
    public static final String REPLY_BYTES = "ingest.patchwar.io/reply-bytes";

    /** More digits than a reply can have bytes are nobody's note of ours. */
    private static final int MOST_DIGITS = 8;

    private EventAnnotations() {}

    /** The number that is noted; 0 if it is none. */
    static int bytes(String value) {
        int n = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i == MOST_DIGITS) {
                return 0;
            }
            n = 10 * n + digit;
        }
        return n;
    }
}
