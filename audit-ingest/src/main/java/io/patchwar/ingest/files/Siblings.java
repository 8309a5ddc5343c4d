package io.patchwar.ingest.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files that a log was rotated into, oldest first, with how each begins. Looks again only into what changed. One thread. */
final class Siblings {
    private static final int MOST = 2_000;
    private static final int MOST_ATTEMPTS = 50;

    /** One of them. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by no one.
    record Sibling(Path path, String fileKey, RotatedName name, byte[] head, Fingerprint print) {
        /** Newest first; of one that is being packed the plain one first, which is whole. */
        static final Comparator<Sibling> NEWEST = Comparator.comparing(Sibling::name, RotatedName.AGE.reversed())
                .thenComparing(sibling -> sibling.path().getFileName().toString());

        private static final Comparator<Sibling> AGE = Comparator.comparing(Sibling::name, RotatedName.AGE)
                // Packed and not yet packed are one: the plain one can be read from any place.
                .thenComparing(sibling -> sibling.path().getFileName().toString());

        /** Whether it still has that name. */
        boolean isThere() throws IOException {
            try {
                return LogContent.fileKeyOf(path).equals(fileKey);
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by no one.
    private record Seen(String fileKey, long size, long modified, byte[] head) {}

    private final Path live;
    private Map<Path, Seen> seen = new HashMap<>();

    Siblings(Path live) {
        this.live = live;
    }

    /**
     * All of them, as they are now.
     *
     * @throws IOException if they are being renamed all the while: a directory that changes is listed with holes
     */
    List<Sibling> list() throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Map<Path, String> before = names();
            if (before == null) {
                continue;
            }
            Map<Path, Seen> now = new HashMap<>();
            List<Sibling> siblings = new ArrayList<>();
            for (Map.Entry<Path, String> file : before.entrySet()) {
                Path entry = file.getKey();
                RotatedName name = RotatedName.of(String.valueOf(entry.getFileName()));
                byte[] head = name == null ? null : head(entry, file.getValue(), now);
                if (name != null && head != null && head.length > 0) {
                    siblings.add(new Sibling(entry, file.getValue(), name, head, Fingerprint.of(head, head.length)));
                }
            }
            if (before.equals(names())) {
                seen = now;
                siblings.sort(Sibling.AGE);
                return siblings;
            }
        }
        throw new IOException("the files beside " + live + " are being renamed all the while; tried again soon");
    }

    /** Whether there is none. */
    boolean isEmpty() throws IOException {
        return Map.of().equals(names());
    }

    /** Which file has which name; null if one was renamed in this moment: then no two looks agree. */
    private @Nullable Map<Path, String> names() throws IOException {
        Path directory = Objects.requireNonNullElse(live.toAbsolutePath().getParent(), live);
        String liveName = String.valueOf(live.getFileName());
        Map<Path, String> names = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                RotatedName name = RotatedName.of(String.valueOf(entry.getFileName()));
                if (name != null && name.live().equals(liveName) && names.size() < MOST) {
                    names.put(entry, LogContent.fileKeyOf(entry));
                }
            }
        } catch (NoSuchFileException e) {
            // One that was renamed in this moment, or the directory is gone.
            return Files.isDirectory(directory) ? null : Map.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** How it begins; null if that name is another's by now, or it is being packed. */
    private byte @Nullable [] head(Path path, String key, Map<Path, Seen> now) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile() || !LogContent.fileKeyOf(attributes).equals(key)) {
                return null;
            }
            long modified = attributes.lastModifiedTime().toMillis();
            Seen known = seen.get(path);
            byte[] head;
            if (known != null
                    && known.fileKey().equals(key)
                    && known.size() == attributes.size()
                    && known.modified() == modified) {
                head = known.head();
            } else {
                try (LogContent content = LogContent.open(path)) {
                    if (!content.fileKey().equals(key)) {
                        return null;
                    }
                    head = content.head();
                }
            }
            now.put(path, new Seen(key, attributes.size(), modified, head));
            return head;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            if (LogContent.isHalfPacked(e)) {
                return null;
            }
            // One that cannot be read now is not one that is gone.
            throw e;
        }
    }
}
