package io.patchwar.standalone.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Where files are put: whole or not at all, secrets for the owner's eyes, and nothing overwritten that was there. */
public final class OutputDirectory {
    private final Path path;

    public OutputDirectory(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** Of these files, those that are there already. */
    public List<Path> present(List<SetupFile> files) {
        return files.stream()
                .map(file -> path.resolve(file.name()))
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /** Writes them all, in place of what may be there. */
    public void write(List<SetupFile> files) throws IOException {
        for (SetupFile file : files) {
            Path target = path.resolve(file.name());
            Path parent = target.getParent();
            createDirectories(parent == null ? path : parent);
            Path begun = target.resolveSibling("." + target.getFileName() + ".new");
            Files.deleteIfExists(begun);
            // The mode is set as the file is made: there is no moment in which others could read it.
            Files.createFile(begun, mode(begun, file.secret() ? "rw-------" : "rw-r--r--"));
            Files.writeString(begun, file.content(), StandardCharsets.UTF_8, StandardOpenOption.WRITE);
            move(begun, target);
        }
    }

    private static void createDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, mode(directory, "rwx------"));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        Set<String> views = path.getFileSystem().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[] {};
    }
}
