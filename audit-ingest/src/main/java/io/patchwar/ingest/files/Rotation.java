package io.patchwar.ingest.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a log was rotated into, which of it is done with, and what comes next. A file is told by how it begins, so that renamed,
 * copied and packed it is known again. One thread.
 */
final class Rotation {
    /** How often a file is looked for that is renamed or packed while it is looked for. */
    private static final int MOST_LOOKS = 50;

    private final Path live;
    private final Siblings siblings;
    private Set<Fingerprint> done = new LinkedHashSet<>();

    Rotation(Path live) {
        this.live = live;
        this.siblings = new Siblings(live);
    }

    /** What is done with. */
    List<Fingerprint> done() {
        return List.copyOf(done);
    }

    /** Goes on where an earlier process was. */
    void resume(List<Fingerprint> known) {
        done = new LinkedHashSet<>(known);
    }

    /** All there is now is history. */
    void passAll() throws IOException {
        siblings.list().forEach(sibling -> done.add(sibling.print()));
    }

    /** That one is done with, wherever it is. */
    void pass(Fingerprint ended) {
        if (ended.length() > 0) {
            done.add(ended);
        }
    }

    /** That one is done with, and what is gone from the disk need not be remembered any more. */
    void passAndForgetWhatIsGone(Fingerprint ended) throws IOException {
        List<Siblings.Sibling> all = siblings.list();
        Set<Fingerprint> present = all.stream().map(Siblings.Sibling::print).collect(Collectors.toSet());
        done.removeIf(print -> !present.contains(print)
                && (print.length() == Fingerprint.LONGEST
                        || all.stream().noneMatch(sibling -> print.matches(sibling.head()))));
        pass(ended);
    }

    /** The file that begins so, by its own name or another, if it is as long as was read; null if there is none. */
    @Nullable
    LogContent find(Fingerprint begins, long least) throws IOException {
        LogContent found = openIf(live, begins, least);
        return found != null ? found : findRotated(begins, least);
    }

    /**
     * The newest of the rotated files that begin so, if it is as long as was read; null if there is none. Whoever packs a file
     * takes its plain form away: one that is gone between being listed and being opened is looked for again, under its new name.
     */
    @Nullable
    LogContent findRotated(Fingerprint begins, long least) throws IOException {
        boolean gone = true;
        for (int look = 0; gone && look < MOST_LOOKS; look++) {
            gone = false;
            List<Siblings.Sibling> all = siblings.list();
            for (int i = all.size() - 1; i >= 0; i--) {
                if (begins.matches(all.get(i).head())) {
                    LogContent found = openIf(all.get(i).path(), begins, least);
                    if (found != null) {
                        return found;
                    }
                    gone |= Files.notExists(all.get(i).path());
                }
            }
        }
        return null;
    }

    /** Whether it has another name by now, among those that rotated files have. */
    boolean hasRotated(Fingerprint begins) throws IOException {
        return siblings.list().stream().anyMatch(sibling -> begins.matches(sibling.head()));
    }

    /**
     * What is to be read next.
     *
     * @param any whether there is something
     * @param content null if it was gone from where it was listed, as names are shifted at any moment: look again
     */
    record Next(boolean any, @Nullable LogContent content) {}

    /** The oldest rotated file that was not read yet, else the live one. */
    Next next() throws IOException {
        byte[] liveHead = liveHead();
        for (Siblings.Sibling sibling : siblings.list()) {
            if (!isDone(sibling) && !isCopyOf(liveHead, sibling.head())) {
                return new Next(true, openIf(sibling.path(), sibling.print(), 0));
            }
        }
        if (liveHead.length == 0) {
            return new Next(false, null);
        }
        // Rotated since it was looked at, it is a file that comes after one of those beside it: look again.
        return new Next(true, openIf(live, Fingerprint.of(liveHead, liveHead.length), 0));
    }

    private static @Nullable LogContent openIf(Path path, Fingerprint begins, long least) throws IOException {
        LogContent opened;
        try {
            opened = LogContent.open(path);
        } catch (NoSuchFileException e) {
            return null;
        }
        boolean right = false;
        try {
            right = begins.matches(opened.head()) && (least == 0 || opened.read(least - 1, new byte[1], 0, 1) == 1);
            return right ? opened : null;
        } catch (IOException e) {
            if (LogContent.isHalfPacked(e)) {
                // It is being packed; the plain one is still there.
                return null;
            }
            throw e;
        } finally {
            if (!right) {
                opened.close();
            }
        }
    }

    /** Nearly always both prints are of equal length, and nothing is to be digested. */
    private boolean isDone(Siblings.Sibling sibling) {
        return done.contains(sibling.print())
                || done.stream()
                        .anyMatch(print -> print.length() < sibling.head().length && print.matches(sibling.head()));
    }

    private byte[] liveHead() throws IOException {
        try (LogContent opened = LogContent.open(live)) {
            return opened.head();
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /** copytruncate has begun to copy, and has not emptied the live one yet. */
    private static boolean isCopyOf(byte[] liveHead, byte[] copy) {
        return copy.length <= liveHead.length && Arrays.equals(liveHead, 0, copy.length, copy, 0, copy.length);
    }
}
