package io.patchwar.model.audit;

import io.patchwar.model.json.EightBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The user objects of events that were read already, byte for byte: half a kilobyte that comes with every request of a client.
 * Equal bytes say the same. A newer one takes the place of an older one, so that this stays small whatever is read. One thread.
 */
final class KnownUsers {
    private static final int PLACES = 1 << 10;
    private static final int LONGEST = 2_048;

    /** Where names begin, behind the first member's own, and how much of them decides on the place. */
    private static final int NAME = 13;

    private static final int SAMPLED = 56;

    private final @Nullable User[] known = new @Nullable User[PLACES];

    /** What a user object says. */
    static final class User {
        private final byte[] bytes;
        final String username;
        final @Nullable String pod;

        private User(byte[] bytes, String username, @Nullable String pod) {
            this.bytes = bytes;
            this.username = username;
            this.pod = pod;
        }

        int length() {
            return bytes.length;
        }
    }

    /** The user object that begins at {@code from}, if it is known; it may end anywhere before {@code to}. */
    @Nullable
    User at(byte[] b, int from, int to) {
        if (to - from < NAME + SAMPLED) {
            return null;
        }
        User user = known[place(b, from)];
        int end = user == null ? to : from + user.length();
        return user != null && end < to && Arrays.equals(user.bytes, 0, user.length(), b, from, end) ? user : null;
    }

    /** Remembers the user object {@code b[from, end)}, which was read from a text that goes on to {@code to}. */
    void remember(byte[] b, int from, int end, int to, String username, @Nullable String pod) {
        if (end - from <= LONGEST && to - from >= NAME + SAMPLED) {
            known[place(b, from)] = new User(Arrays.copyOfRange(b, from, end), username, pod);
        }
    }

    private static int place(byte[] b, int from) {
        long h = 0;
        for (int i = from + NAME; i < from + NAME + SAMPLED; i += Long.BYTES) {
            h = (h ^ EightBytes.at(b, i)) * 0x9E3779B97F4A7C15L;
            h ^= h >>> 32;
        }
        return (int) (h >>> 40) & (PLACES - 1);
    }
}
