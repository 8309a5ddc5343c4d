package io.patchwar.ingest.files;

import io.patchwar.ingest.files.FilesConfig.LogConfig;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which files the paths of a configuration mean at this moment. Stateless. */
final class LiveLogs {
    private static final int MOST = 1_000;
    private static final int DEEPEST = 16;

    private LiveLogs() {}

    /** Whether the path names several files, or may. */
    static boolean isPattern(String path) {
        return path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.indexOf('[') >= 0 || path.indexOf('{') >= 0;
    }

    /** The files that are being written. A path without a pattern counts though there is no such file yet. */
    static Set<Path> of(LogConfig config) throws IOException {
        Set<Path> live = new TreeSet<>();
        for (String path : config.paths()) {
            if (isPattern(path)) {
                live.addAll(matching(path));
            } else {
                live.add(Path.of(path).toAbsolutePath());
            }
        }
        return live;
    }

    private static List<Path> matching(String pattern) throws IOException {
        Path root = fixedPart(pattern);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault()
                .getPathMatcher("glob:" + Path.of(pattern).toAbsolutePath());
        try (Stream<Path> files =
                Files.find(root, DEEPEST, (path, attributes) -> !attributes.isDirectory() && matcher.matches(path))) {
            // What a live file was rotated into matches most patterns, too.
            return files.filter(path -> !path.getFileName().toString().endsWith(".gz")
                            && !path.getFileName().toString().endsWith(".zst")
                            && RotatedName.of(path.getFileName().toString()) == null)
                    .sorted()
                    .limit(MOST)
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The directory before the first part that is a pattern. */
    private static Path fixedPart(String pattern) {
        Path absolute = Path.of(pattern).toAbsolutePath();
        Path fixed = absolute.getRoot();
        for (Path part : absolute) {
            if (isPattern(part.toString())) {
                break;
            }
            fixed = fixed.resolve(part);
        }
        return fixed;
    }
}
