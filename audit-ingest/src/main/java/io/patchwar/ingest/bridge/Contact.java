package io.patchwar.ingest.bridge;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a bridge reads at all. An empty poll says nothing of that: a broker that is away, a topic that does not exist and a group
 * that lets nobody in give no other. One thread.
 */
final class Contact {
    /** A fetch is answered within half a second, records or none; so long may one be under way, throttled or lost. */
    static final Duration SILENT = Duration.ofSeconds(30);

    private final BridgeConfig config;
    private boolean answered;
    private boolean joined;
    private List<String> missing = List.of();
    private int partitions;
    private Duration silent = Duration.ZERO;
    private Duration age = Duration.ZERO;

    Contact(BridgeConfig config) {
        this.config = config;
    }

    /**
     * The brokers were asked for the topics.
     *
     * @param unknown those that have no partitions; null if there was no answer
     */
    void asked(@Nullable List<String> unknown) {
        answered |= unknown != null;
        missing = unknown == null ? missing : List.copyOf(unknown);
    }

    /** The group has given this instance its share, which may be none; or has taken it away. */
    void joined(boolean isMember) {
        joined = isMember;
    }

    /**
     * A poll is over.
     *
     * @param took how long it took; what is waited for between polls is no silence
     * @param assigned partitions that are this instance's
     * @param fetched whether a broker answered a fetch since the last one
     */
    void polled(Duration took, int assigned, boolean fetched) {
        partitions = assigned;
        age = age.plus(took);
        silent = fetched || assigned == 0 ? Duration.ZERO : silent.plus(took);
    }

    /** Whether what is not yet so may only be not yet so: to be told, but not worth a line in the log. */
    boolean isBeginning() {
        return age.compareTo(SILENT) < 0;
    }

    /** Why nothing can come, and what to do; null if all is well. Says another thing every half a minute at most. */
    @Nullable
    String problem() {
        String where = config.from().bootstrap();
        if (!answered) {
            return where
                    + " does not answer; check bridge.bootstrap and bridge.properties, and that it is reached from here";
        }
        if (!missing.isEmpty()) {
            return "no partitions of " + String.join(", ", missing) + " at " + where
                    + "; check bridge.topics, and that this user may see them";
        }
        if (!joined) {
            return "group " + config.group() + " at " + where
                    + " has not given this instance its share yet; if that stays so, check the group's coordinator and members";
        }
        if (silent.compareTo(SILENT) >= 0) {
            return "no fetch was answered by " + where + " for "
                    + silent.toSeconds() / SILENT.toSeconds() * SILENT.toSeconds()
                    + " s; it is tried again, check that it is there and reached from here";
        }
        return null;
    }

    /** What is read, when all is well. */
    String share() {
        String topics = String.join(", ", config.topics());
        return partitions == 0
                ? "0 partitions of " + topics + ", other instances of group " + config.group() + " read them"
                : partitions + " partitions of " + topics + ", last fetch " + silent.toSeconds() + " s ago";
    }
}
