package io.patchwar.ingest.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
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

    /** One of them. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by no one.
    record Sibling(Path path, RotatedName name, byte[] head, Fingerprint print) {
        private static final Comparator<Sibling> AGE = Comparator.comparing(Sibling::name, RotatedName.AGE)
                // Packed and not yet packed are one: the plain one can be read from any place.
                .thenComparing(sibling -> sibling.path().getFileName().toString());
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by no one.
    private record Seen(String fileKey, long size, long modified, byte[] head) {}

    private final Path live;
    private Map<Path, Seen> seen = new HashMap<>();

    Siblings(Path live) {
        this.live = live;
    }

    /** All of them, as they are now. */
    List<Sibling> list() throws IOException {
        Path directory = Objects.requireNonNullElse(live.toAbsolutePath().getParent(), live);
        String liveName = String.valueOf(live.getFileName());
        Map<Path, Seen> now = new HashMap<>();
        List<Sibling> siblings = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                RotatedName name = RotatedName.of(String.valueOf(entry.getFileName()));
                if (name != null && name.live().equals(liveName) && siblings.size() < MOST) {
                    byte[] head = head(entry, now);
                    if (head != null && head.length > 0) {
                        siblings.add(new Sibling(entry, name, head, Fingerprint.of(head, head.length)));
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        seen = now;
        siblings.sort(Sibling.AGE);
        return siblings;
    }

    /** How it begins; null if it is gone again, or is being packed. */
    private byte @Nullable [] head(Path path, Map<Path, Seen> now) throws AccessDeniedException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return null;
            }
            String key = String.valueOf(attributes.fileKey());
            long modified = attributes.lastModifiedTime().toMillis();
            Seen known = seen.get(path);
            boolean same = known != null
                    && known.fileKey().equals(key)
                    && known.size() == attributes.size()
                    && known.modified() == modified;
            byte[] head;
            if (same) {
                head = known.head();
            } else {
                try (LogContent content = LogContent.open(path)) {
                    head = content.head();
                }
            }
            now.put(path, new Seen(key, attributes.size(), modified, head));
            return head;
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            return null;
        }
    }
}
