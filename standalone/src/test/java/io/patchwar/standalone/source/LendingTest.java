package io.patchwar.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.json.Slice;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies are left in the buffers they were read into, and these are read into again. */
@Timeout(60)
class LendingTest {
    private static final int WRITES = 3_000;

    /** Judges each write when so many more came, and looks then whether its body is still there. */
    private static final class Late implements AuditSink, Judging {
        private final int later;
        private final Deque<AuditEvent> waiting = new ArrayDeque<>();
        private final Set<byte[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
        private long taken;
        private long intact;

        Late(int later) {
            this.later = later;
        }

        @Override
        public void accepted(AuditEvent event) {
            taken++;
            buffers.add(body(event).bytes());
            waiting.add(event);
            if (waiting.size() > later) {
                judge();
            }
        }

        private void judge() {
            AuditEvent event = waiting.remove();
            intact += body(event).raw().contains("\"" + event.auditID() + "\"") ? 1 : 0;
        }

        private static Slice body(AuditEvent event) {
            return Objects.requireNonNull(event.request());
        }

        @Override
        public void skipped(SkipReason reason) {}

        @Override
        public void rejected(RejectReason reason, String detail) {}

        @Override
        public boolean judgeSome() {
            return false;
        }

        @Override
        public long taken() {
            return taken;
        }

        @Override
        public long judged() {
            return taken - waiting.size();
        }
    }

    private static Late read(int later, int threads) throws SourceException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < WRITES; i++) {
            String data = "{\"data\":{\"a\":\"w" + i + "\",\"b\":\"" + "x".repeat(200) + "\"}}";
            log.append(Lines.write("w" + i, i, data)).append('\n');
        }
        byte[] bytes = log.toString().getBytes(StandardCharsets.UTF_8);
        SourceOptions options = new SourceOptions("default", Scope.DEFAULT, threads, new ByteArrayInputStream(bytes));
        Late late = new Late(later);
        LogSources.of(List.of("-"), options, 4_096).readInto(late, Progress.NONE, late);
        while (!late.waiting.isEmpty()) {
            late.judge();
        }
        return late;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 1_000})
    void keepsABodyUntilItsWriteIsJudged(int later) throws SourceException {
        for (int threads = 1; threads <= 3; threads++) {
            assertThat(read(later, threads).intact).as("%d threads", threads).isEqualTo(WRITES);
        }
    }

    @Test
    void readsIntoTheSameBuffersAgain() throws SourceException {
        assertThat(read(0, 1).buffers).hasSizeLessThan(20);
    }

    @Test
    void copiesBodiesWhenTooManyBuffersWait() throws SourceException {
        Late late = read(WRITES, 1);
        assertThat(late.intact).isEqualTo(WRITES);
        // A buffer holds about seven of these writes: no more than 128 are lent, and the rest are copies of bodies
        // alone.
        assertThat(late.buffers.stream().filter(b -> b.length == 4_096)).hasSizeLessThanOrEqualTo(128);
    }
}
