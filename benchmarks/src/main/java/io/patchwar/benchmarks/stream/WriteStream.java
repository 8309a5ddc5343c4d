package io.patchwar.benchmarks.stream;

import io.patchwar.benchmarks.cluster.Cluster;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.wire.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes of the made-up cluster as records of {@code audit-events}, one after the other, all of them in scope. Where there are
 * several clusters, each write happens in all of them, so that there are so many times as many objects. Not thread-safe.
 */
final class WriteStream {
    private static final byte[] OBJECT = "\"objectRef\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPLY = "\"responseObject\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] METADATA = "\"metadata\":{".getBytes(StandardCharsets.US_ASCII);

    private final Cluster cluster;
    private final String[] names;
    private final Line line = new Line();
    private byte[] value = {};
    private ObjectRef object;
    private int turn;

    /** The event as it is written, to be copied out without the line's end. */
    private static final class Line extends ByteArrayOutputStream {
        private Line() {
            super(1 << 16);
        }

        private byte[] event() {
            byte[] event = new byte[count - 1];
            System.arraycopy(buf, 0, event, 0, event.length);
            return event;
        }
    }

    /**
     * @param clusters how many there are, named {@code bench-0} and so on
     */
    WriteStream(long seed, int wars, int clusters) {
        this.cluster = new Cluster(seed, wars);
        this.names = new String[clusters];
        for (int i = 0; i < clusters; i++) {
            names[i] = "bench-" + i;
        }
        this.turn = clusters - 1;
        this.object = new ObjectRef(names[0], "", "none", "", "none");
    }

    /** The clusters' time: no write until now is stamped later. */
    Instant now() {
        long micros = cluster.micros();
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }

    String[] clusters() {
        return names.clone();
    }

    /** Lets the next write happen. */
    void next() {
        turn++;
        if (turn == names.length) {
            turn = 0;
            do {
                line.reset();
                try {
                    cluster.writeControllersWrite(line);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                value = line.event();
                // Binding a pod to its node is recorded as a write, and is none of the pod's state.
            } while (reference(value).contains("\"subresource\":\"binding\""));
            object = object(value);
        }
    }

    /** Where the latest write happened. */
    String clusterName() {
        return names[turn];
    }

    /** The key of the latest write, as ingest would give it. */
    byte[] key() {
        return ObjectKey.of(
                new ObjectRef(names[turn], object.group(), object.resource(), object.namespace(), object.name()));
    }

    /** The latest write; not to be changed. */
    byte[] value() {
        return value;
    }

    /** Looked for rather than parsed: a producer that parses would take a tenth of what is measured. */
    private static ObjectRef object(byte[] event) {
        String reference = reference(event);
        String name = member(reference, "name");
        if (name.isEmpty()) {
            // It was created under a name that the API server made up.
            name = member(until(event, after(event, after(event, 0, REPLY), METADATA)), "name");
        }
        return new ObjectRef(
                "-",
                member(reference, "apiGroup"),
                member(reference, "resource"),
                member(reference, "namespace"),
                name);
    }

    private static String reference(byte[] event) {
        return until(event, after(event, 0, OBJECT));
    }

    private static int after(byte[] event, int from, byte[] start) {
        int at = from;
        while (!startsWith(event, at, start)) {
            at++;
        }
        return at + start.length;
    }

    private static String until(byte[] event, int from) {
        int end = from;
        while (event[end] != '}') {
            end++;
        }
        return new String(event, from, end - from, StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] text, int at, byte[] start) {
        for (int i = 0; i < start.length; i++) {
            if (text[at + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static String member(String reference, String name) {
        String start = '"' + name + "\":\"";
        int at = reference.indexOf(start);
        return at < 0 ? "" : reference.substring(at + start.length(), reference.indexOf('"', at + start.length()));
    }
}
