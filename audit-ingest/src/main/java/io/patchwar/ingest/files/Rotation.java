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

    /**
     * A file that is open.
     *
     * @param head how it began when it was recognised; it may be emptied at any moment
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by no one.
    record Found(LogContent content, byte[] head) {}

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

    /** What is gone from the disk need not be remembered any more. */
    void forgetWhatIsGone() throws IOException {
        List<Siblings.Sibling> all = siblings.list();
        if (all.isEmpty()) {
            // Where nothing is at all, a volume may be away.
            return;
        }
        Set<Fingerprint> present = all.stream().map(Siblings.Sibling::print).collect(Collectors.toSet());
        done.removeIf(print -> !present.contains(print)
                && (print.length() == Fingerprint.LONGEST
                        || all.stream().noneMatch(sibling -> print.matches(sibling.head()))));
    }

    /** The file that begins so, by its own name or another, if it is as long as was read; null if there is none. */
    @Nullable
    Found find(Fingerprint begins, long least) throws IOException {
        Found found = openIf(live, begins, least);
        return found != null ? found : findRotated(begins, least);
    }

    /**
     * The newest of the rotated files that begin so, if it is as long as was read; null if there is none. Whoever packs a file
     * takes its plain form away, and whoever rotates gives its name to another: one that has not the name any more under which it
     * was listed is looked for again.
     *
     * @throws IOException if names change all the while; there may be one
     */
    @Nullable
    Found findRotated(Fingerprint begins, long least) throws IOException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            boolean moved = false;
            List<Siblings.Sibling> alike = siblings.list().stream()
                    .filter(sibling -> begins.matches(sibling.head()))
                    .sorted(Siblings.Sibling.NEWEST)
                    .toList();
            for (Siblings.Sibling sibling : alike) {
                Found found = openIf(sibling.path(), begins, least);
                if (found != null) {
                    return found;
                }
                moved |= !sibling.isThere();
            }
            if (!moved) {
                return null;
            }
        }
        throw new IOException("what " + live + " was rotated into is renamed all the while; tried again soon");
    }

    /** Whether it has another name by now, among those that rotated files have. */
    boolean hasRotated(Fingerprint begins) throws IOException {
        return siblings.list().stream().anyMatch(sibling -> begins.matches(sibling.head()));
    }

    /** Whether what it was rotated into is followed by another that is to be read. */
    boolean isFollowed(Fingerprint begins) throws IOException {
        boolean met = false;
        for (Siblings.Sibling sibling : siblings.list()) {
            if (begins.matches(sibling.head())) {
                met = true;
            } else if (met && !isDone(sibling)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is no file of that name, and none that it was rotated into. */
    boolean isNowhere() throws IOException {
        return Files.notExists(live) && siblings.list().isEmpty();
    }

    /**
     * What is to be read next.
     *
     * @param any whether there is something
     * @param found null if it was gone from where it was listed, as names are shifted at any moment: look again
     */
    record Next(boolean any, @Nullable Found found) {}

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

    private static @Nullable Found openIf(Path path, Fingerprint begins, long least) throws IOException {
        LogContent opened;
        try {
            opened = LogContent.open(path);
        } catch (NoSuchFileException e) {
            return null;
        }
        boolean right = false;
        try {
            byte[] head = opened.head();
            right = begins.matches(head) && (least == 0 || opened.read(least - 1, new byte[1], 0, 1) == 1);
            return right ? new Found(opened, head) : null;
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
