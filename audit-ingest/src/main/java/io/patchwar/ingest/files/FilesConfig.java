package io.patchwar.ingest.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Which logs to follow, and how.
 *
 * @param positions file that remembers how far each log was made durable
 * @param logs at least one
 * @param poll how often files that had nothing new are looked at
 * @param batch bytes that are acknowledged together
 * @param longestLine longer lines are rejected; so much of memory one log may take
 * @param patience how long an acknowledgement is waited for
 */
public record FilesConfig(
        Path positions, List<LogConfig> logs, Duration poll, int batch, int longestLine, Duration patience) {
    public static final Duration POLL = Duration.ofSeconds(1);
    public static final int BATCH = 1 << 20;
    public static final int LONGEST_LINE = 16 << 20;
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Logs of one API server or several.
     *
     * @param paths of the files that are being written; asterisks and question marks stand for names. What these are rotated into is found
     *     beside them
     * @param source name of the API server, or of its node
     * @param start where to begin in a log that is met for the first time
     */
    public record LogConfig(String cluster, List<String> paths, String source, Start start) {
        public LogConfig {
            paths = List.copyOf(paths);
        }
    }

    /** Where to begin in a log that is met for the first time. What it was rotated into before is not read. */
    public enum Start {
        BEGINNING,
        /** After what is there when ingest begins; a log that appears later is read from its beginning. */
        END
    }

    /** How long a log has to be without a name, and quiet, until it is taken for deleted: a minute, if it is polled every second. */
    Duration gone() {
        return poll.multipliedBy(60);
    }

    public FilesConfig {
        logs = List.copyOf(logs);
    }

    /** Follows these with the usual sizes. */
    public static FilesConfig of(Path positions, List<LogConfig> logs) {
        return new FilesConfig(positions, logs, POLL, BATCH, LONGEST_LINE, PATIENCE);
    }
}
