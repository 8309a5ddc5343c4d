package io.patchwar.benchmarks;

import io.patchwar.benchmarks.cluster.Cluster;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Writes an audit log of a made-up cluster: {@code AuditLogGenerator [--writes-only] SEED BYTES FILE|-}. It stops at
 * the first event that reaches the size asked for, and says on standard error how its events' sizes are distributed.
 * A file appears under its name only when it is whole.
 */
public final class AuditLogGenerator {
    private static final int BUFFER = 1 << 20;

    private AuditLogGenerator() {}

    public static void main(String[] arguments) throws IOException {
        boolean writesOnly = arguments.length > 0 && arguments[0].equals("--writes-only");
        int first = writesOnly ? 1 : 0;
        if (arguments.length != first + 3) {
            System.err.println("usage: AuditLogGenerator [--writes-only] SEED BYTES FILE|-");
            System.exit(2);
        }
        long seed = Long.parseLong(arguments[first]);
        long bytes = Long.parseLong(arguments[first + 1]);
        String target = arguments[first + 2];
        long start = System.nanoTime();
        EventSizes sizes;
        if (target.equals("-")) {
            // Not System.out: it keeps silent when nobody listens any more.
            try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
                sizes = generate(seed, bytes, writesOnly, out);
            }
        } else {
            Path partial = Path.of(target + ".partial");
            try (OutputStream out = new FileOutputStream(partial.toFile())) {
                sizes = generate(seed, bytes, writesOnly, out);
            }
            Files.move(partial, Path.of(target), StandardCopyOption.REPLACE_EXISTING);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.err.printf(Locale.ROOT, "%s, %.0f MB/s%n", sizes, sizes.total() / 1e6 / seconds);
    }

    /** Writes at least that many bytes of whole events. */
    static EventSizes generate(long seed, long bytes, boolean writesOnly, OutputStream sink) throws IOException {
        OutputStream out = new BufferedOutputStream(sink, BUFFER);
        Cluster cluster = new Cluster(seed);
        EventSizes sizes = new EventSizes();
        while (sizes.total() < bytes) {
            sizes.add(writesOnly ? cluster.writeControllersWrite(out) : cluster.writeEvent(out));
        }
        out.flush();
        return sizes;
    }
}
