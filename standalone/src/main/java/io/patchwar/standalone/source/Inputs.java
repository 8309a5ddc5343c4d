package io.patchwar.standalone.source;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the logs that arguments mean, and takes a first look at each. A file that is named is taken whatever it holds, so that
 * its account says what was wrong with it; of a directory's files, those that begin with something from an audit log.
 */
final class Inputs {
    private static final int LOOKED_AT = 1 << 18;
    private static final int DEEPEST = 32;
    private static final String STANDARD_INPUT = "-";

    private final SourceOptions options;
    private final Set<Object> known = new HashSet<>();
    private final byte[] head = new byte[LOOKED_AT];
    final List<Merge.Waiting> logs = new ArrayList<>();

    /** Files of directories that are no audit logs, and named files that are no logs at all, with the reason. */
    final List<String> leftOut = new ArrayList<>();

    /** What is to be said of named files that are no logs at all. */
    final List<Batch> refused = new ArrayList<>();

    Inputs(SourceOptions options) {
        this.options = options;
    }

    void add(String argument) throws SourceException {
        if (argument.equals(STANDARD_INPUT)) {
            if (known.add(STANDARD_INPUT)) {
                logs.add(new Merge.Waiting(LogFile.standardInput(options.standardInput()), Instant.MIN));
            }
            return;
        }
        try {
            Path path = Path.of(argument);
            if (Files.isDirectory(path)) {
                int before = logs.size();
                boolean repeated = !addDirectory(path, 0);
                if (logs.size() == before && !repeated) {
                    throw new SourceException("no audit log in " + argument + leftOutOf());
                }
            } else if (isNew(path)) {
                addFile(path, argument);
            }
        } catch (InvalidPathException e) {
            throw new SourceException("there is no file of the name " + argument, e);
        } catch (IOException e) {
            throw Failures.reading(argument, e);
        }
    }

    private String leftOutOf() {
        if (leftOut.isEmpty()) {
            return "; it is empty";
        }
        String first = leftOut.get(0);
        return leftOut.size() == 1
                ? "; left out: " + first
                : "; left out: " + first + ", and " + (leftOut.size() - 1) + " more";
    }

    private boolean isNew(Path path) throws IOException {
        return known.add(path.toRealPath());
    }

    private void addFile(Path path, String name) throws IOException {
        LogFile file = LogFile.of(path, name);
        if (file.isStream()) {
            logs.add(new Merge.Waiting(file, Instant.MIN));
            return;
        }
        int n = look(file);
        String unreadable = Format.unreadable(head, n);
        if (unreadable != null) {
            refused.add(Batch.rejection(RejectReason.NOT_A_LOG, name + " is " + unreadable));
        } else {
            logs.add(new Merge.Waiting(file, begins(n)));
        }
    }

    private Instant begins(int n) {
        Instant earliest = Stamps.earliest(head, n);
        return earliest == null ? Instant.MIN : earliest;
    }

    /** False if some of it was added before. */
    private boolean addDirectory(Path directory, int depth) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        entries.sort(null);
        boolean all = true;
        for (Path entry : entries) {
            if (entry.getFileName().toString().startsWith(".")) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                // A linked directory may lead back up here.
                if (depth < DEEPEST && !Files.isSymbolicLink(entry)) {
                    all &= addDirectory(entry, depth + 1);
                }
            } else if (Files.isRegularFile(entry)) {
                boolean fresh = isNew(entry);
                all &= fresh;
                if (fresh) {
                    addIfAuditLog(entry);
                }
            }
        }
        return all;
    }

    private void addIfAuditLog(Path path) throws IOException {
        String name = path.toString();
        LogFile file = LogFile.of(path, name);
        int n;
        try {
            n = look(file);
        } catch (IOException e) {
            if (Failures.isDamage(e)) {
                leftOut.add(name + " (packed, but damaged)");
                return;
            }
            throw e;
        }
        String reason = n == 0 ? "empty" : Format.unreadable(head, n);
        if (reason == null && !holdsEvents(n)) {
            reason = "no audit event at its beginning";
        }
        if (reason == null) {
            logs.add(new Merge.Waiting(file, begins(n)));
        } else {
            leftOut.add(name + " (" + reason + ")");
        }
    }

    /** Reads the file's first stretch, unpacked, into {@link #head}. */
    private int look(LogFile file) throws IOException {
        try (InputStream raw = file.open();
                InputStream in = Compression.unpack(raw)) {
            return readUntilDamage(in);
        }
    }

    /** A packed file that is damaged further on is still worth what came before. */
    private int readUntilDamage(InputStream in) throws IOException {
        int n = 0;
        try {
            int got;
            while (n < head.length && (got = in.read(head, n, head.length - n)) >= 0) {
                n += got;
            }
        } catch (IOException e) {
            if (n == 0 || !Failures.isDamage(e)) {
                throw e;
            }
        }
        return n;
    }

    private boolean holdsEvents(int n) {
        var found = new AuditSink() {
            boolean event;

            @Nullable
            RejectReason rejection;

            @Override
            public void accepted(AuditEvent accepted) {
                event = true;
            }

            @Override
            public void skipped(SkipReason reason) {
                event |= reason != SkipReason.NO_EVENT;
            }

            @Override
            public void rejected(RejectReason reason, String detail) {
                rejection = rejection == null ? reason : rejection;
            }
        };
        Framer framer = new Framer(new ByteArrayInputStream(head, 0, n), n);
        Chunk chunk = framer.next(new byte[n + 1]);
        AuditReader reader = new AuditReader(options.cluster(), options.scope());
        for (int i = 0; chunk != null && i < chunk.documents() && !found.event; i++) {
            if (!chunk.isTooLong(i)) {
                reader.read(chunk.bytes, chunk.from(i), chunk.to(i), "", found);
            }
        }
        // The look may have ended within the first event; and who logs in the old format needs to be told.
        return found.event
                || (found.rejection == RejectReason.CUT_OFF && n == head.length)
                || found.rejection == RejectReason.LEGACY_FORMAT;
    }
}
