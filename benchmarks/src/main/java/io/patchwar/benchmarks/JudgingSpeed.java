package io.patchwar.benchmarks;

import com.sun.management.ThreadMXBean;
import io.patchwar.fields.DigestKey;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.watch.WarWatch;
import io.patchwar.watch.WatchConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What reading and judging take for each write, without files or other threads: {@code JudgingSpeed [MEGABYTES [ROUNDS]]}. Makes a log of
 * writes in memory, reads its events once a round, has a new watch judge them, and prints the nanoseconds of processor time and the allocated bytes for each event, and
 * how much of the heap the watch holds at the end. The first rounds show what it takes until all is compiled.
 */
public final class JudgingSpeed {
    private static final long SEED = 1;
    private static final int SHARDS = 16;
    /** After how many events there is judged what is due, as scan does by the chunk. */
    private static final int STRETCH = 256;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private JudgingSpeed() {}

    public static void main(String[] arguments) throws IOException {
        int megabytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AuditLogGenerator.generate(SEED, megabytes * 1_000_000L, true, out);
        byte[] log = out.toByteArray();
        System.out.printf("seed %d, %d MB of writes, one thread%n", SEED, megabytes);
        System.out.println("round   read ns/event  B/event   judge ns/event  B/event   MB held   wars");
        for (int round = 1; round <= rounds; round++) {
            Meter reading = new Meter();
            List<AuditEvent> events = read(log);
            reading.stop(events.size());
            long before = heap();
            WarWatch watch = new WarWatch(WatchConfig.shipped(), DigestKey.random(), SHARDS);
            Meter judging = new Meter();
            judge(watch, events);
            judging.stop(events.size());
            long held = heap() - before;
            System.out.printf(
                    Locale.ROOT,
                    "%5d %15.0f %8.0f %16.0f %8.0f %9.1f %6d%n",
                    round,
                    reading.nanos,
                    reading.bytes,
                    judging.nanos,
                    judging.bytes,
                    held / 1e6,
                    watch.findings().wars().size());
        }
    }

    /** Processor time and allocation of this thread for each of a number of events. */
    private static final class Meter {
        private final long startBytes = THREADS.getCurrentThreadAllocatedBytes();
        private final long start = THREADS.getCurrentThreadCpuTime();
        private double nanos;
        private double bytes;

        void stop(int events) {
            nanos = (double) (THREADS.getCurrentThreadCpuTime() - start) / events;
            bytes = (double) (THREADS.getCurrentThreadAllocatedBytes() - startBytes) / events;
        }
    }

    /** The events of a log, one a line. Their bodies stay where they stand. */
    static List<AuditEvent> read(byte[] log) {
        List<AuditEvent> events = new ArrayList<>();
        AuditSink sink = new AuditSink() {
            @Override
            public void accepted(AuditEvent event) {
                events.add(event);
            }

            @Override
            public void skipped(SkipReason reason) {
                // Some writes are bindings, which are no state of their object.
            }

            @Override
            public void rejected(RejectReason reason, String detail) {
                throw new IllegalStateException("a write was rejected: " + detail);
            }
        };
        AuditReader reader = new AuditReader("default", Scope.DEFAULT);
        int from = 0;
        for (int i = 0; i < log.length; i++) {
            if (log[i] == '\n') {
                reader.read(log, from, i, "", sink);
                from = i + 1;
            }
        }
        return events;
    }

    static void judge(WarWatch watch, List<AuditEvent> events) {
        int taken = 0;
        for (AuditEvent event : events) {
            watch.read();
            watch.accept(event);
            if (++taken % STRETCH == 0) {
                judgeAllDue(watch);
            }
        }
        watch.finish();
    }

    private static void judgeAllDue(WarWatch watch) {
        boolean some = true;
        while (some) {
            some = watch.judgeSome();
        }
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
