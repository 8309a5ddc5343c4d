package io.patchwar.ingest.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands in the way of following, by what cannot go on; each is logged when it begins or changes. One thread. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final Path LOOKING = Path.of("");

    private final Map<Path, String> standing = new LinkedHashMap<>();

    /** The log cannot be read on. */
    void unread(Path live, IOException cause) {
        begin(live, words(live, cause));
    }

    /** How far the logs are cannot be saved. */
    void unsaved(Path positions, IOException cause) {
        begin(
                positions,
                "cannot save positions in " + positions + ", so that after a restart more would come twice: "
                        + reason(cause) + "; is there room on the disk, and may this user write there?");
    }

    /** What the patterns mean now cannot be looked for: a log that is new is not followed meanwhile. */
    void unlooked(IOException cause) {
        begin(LOOKING, "cannot look for new files: " + cause.getMessage() + "; may this user read the directories?");
    }

    /** They were looked for. */
    void looked() {
        over(LOOKING);
    }

    private void begin(Path what, String words) {
        if (!words.equals(standing.put(what, words))) {
            LOG.warn("{}", words);
        }
    }

    /** It goes on. */
    void over(Path what) {
        standing.remove(what);
    }

    /** The one that has stood longest, and how many others; null if there is none. */
    @Nullable
    String first() {
        if (standing.isEmpty()) {
            return null;
        }
        String first = standing.values().iterator().next();
        int others = standing.size() - 1;
        return others == 0 ? first : first + " (and " + others + " more, see the log)";
    }

    /** The file that cannot be read may be one that the log was rotated into: whoever mends it has to know which. */
    private static String words(Path live, IOException cause) {
        String named = cause instanceof FileSystemException of ? of.getFile() : null;
        String file = named == null ? live.toString() : named;
        if (LogContent.isHalfPacked(cause)) {
            return file + " is not whole: " + reason(cause)
                    + "; if nobody is packing it now, it is given up for the next one before long, and counted as lost";
        }
        String waits = file.equals(live.toString())
                ? ""
                : "; " + live + " is not read on before that can be: mend it, or move it elsewhere";
        if (cause instanceof AccessDeniedException) {
            return "not allowed to read " + file + "; audit logs are often readable for root alone" + waits;
        }
        if (cause instanceof NoSuchFileException) {
            return file + " is not there, " + reason(cause);
        }
        return "cannot read " + file + ": " + reason(cause) + waits;
    }

    private static String reason(IOException cause) {
        String said = cause instanceof FileSystemException of ? of.getReason() : cause.getMessage();
        return said == null ? cause.getClass().getSimpleName() : said;
    }
}
