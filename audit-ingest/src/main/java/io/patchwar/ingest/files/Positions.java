package io.patchwar.ingest.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The places of all logs, by path, in one file: written whole beside it, forced to the disk, and moved over it, so that after any
 * crash it holds either the places before or those after. One process, which a lock sees to, and one thread.
 */
final class Positions implements Closeable {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private @Nullable FileChannel lock;

    Positions(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /**
     * Takes the file for this process, until {@link #close}: two that save places over each other would lose lines. The system
     * takes the lock back however a process ends.
     *
     * @throws IOException if another has it
     */
    void lock() throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        FileChannel channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new IOException(file + " is in use by another process; give each a file of positions of its own");
        }
        lock = channel;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // By this very process; it is as taken as by another.
            return false;
        }
    }

    /**
     * What was saved last, nothing if nothing was.
     *
     * @throws IOException if it cannot be read, or is damaged; says what to do
     */
    Map<String, Place> load() throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw damaged(e);
        }
        if (root.path("version").asInt() != VERSION || !root.path("logs").isObject()) {
            throw new IOException(
                    file + " is of version " + root.path("version").asText("?") + " and this reads " + VERSION
                            + "; run the Patchwar that wrote it, or move it away to read the logs from their beginning");
        }
        Map<String, Place> places = new TreeMap<>();
        try {
            root.path("logs").properties().forEach(log -> places.put(log.getKey(), place(log.getValue())));
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        }
        return places;
    }

    private IOException damaged(Exception cause) {
        return new IOException(
                file
                        + " is damaged; move it away, and the logs are read from their beginning again (what comes twice is recognised)",
                cause);
    }

    private static Place place(JsonNode node) {
        List<Fingerprint> done = new ArrayList<>();
        for (JsonNode item : node.path("done")) {
            Fingerprint print = fingerprint(item);
            if (print != null) {
                done.add(print);
            }
        }
        long offset = node.path("offset").asLong(-1);
        if (offset < 0) {
            throw new IllegalArgumentException("no offset");
        }
        return new Place(node.path("fileKey").asText(""), fingerprint(node.path("begins")), offset, done);
    }

    private static @Nullable Fingerprint fingerprint(JsonNode node) {
        return node.path("length").asInt() > 0
                ? new Fingerprint(
                        node.path("length").asInt(), node.path("sha256").asText())
                : null;
    }

    /** Returns once the places are on the disk. */
    void save(Map<String, Place> places) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ObjectNode logs = root.putObject("logs");
        places.forEach((path, place) -> {
            ObjectNode log =
                    logs.putObject(path).put("fileKey", place.fileKey()).put("offset", place.offset());
            if (place.current() != null) {
                put(place.current(), log.putObject("begins"));
            }
            ArrayNode done = log.putArray("done");
            place.done().forEach(print -> put(print, done.addObject()));
        });
        Path begun = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                begun, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(root));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
    }

    @Override
    public void close() throws IOException {
        FileChannel held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }

    private static void put(Fingerprint print, ObjectNode node) {
        node.put("length", print.length()).put("sha256", print.digest());
    }

    /** The move itself must survive, too. Where directories cannot be forced, it is as durable as the system makes it. */
    private void forceDirectory() {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            return;
        }
        try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // Windows opens no directories; the file itself was forced.
        }
    }
}
