package io.patchwar.watch.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
    private static final Instant NOW = Fight.START;
    private Fingerprints seen = new Fingerprints();

    @Test
    void knowsTheLast256AndNoMore() {
        List<AuditEvent> events = events(257);
        events.forEach(event -> assertThat(seen.isDuplicate(event, NOW)).isFalse());
        assertThat(seen.isDuplicate(events.get(1), NOW)).isTrue();
        assertThat(seen.isDuplicate(events.get(0), NOW)).isFalse();
    }

    @Test
    void knowsThemForTenMinutes() {
        AuditEvent event = events(1).get(0);
        seen.isDuplicate(event, NOW);
        assertThat(seen.isDuplicate(event, NOW.plus(Fingerprints.REMEMBERED))).isTrue();
        assertThat(seen.isDuplicate(event, NOW.plus(Fingerprints.REMEMBERED).plusSeconds(1)))
                .isFalse();
    }

    @Test
    void knowsTheSameAfterItWasWrittenAndRead() {
        List<AuditEvent> events = events(300);
        for (int i = 0; i < events.size(); i++) {
            assertThat(seen.isDuplicate(events.get(i), NOW.plusSeconds(i)))
                    .as("%d", i)
                    .isFalse();
            if (i % 7 == 0) {
                reread(NOW.plusSeconds(i));
            }
            if (i > 0) {
                assertThat(seen.isDuplicate(events.get(i - 1), NOW.plusSeconds(i)))
                        .isTrue();
            }
        }
        assertThat(seen.isDuplicate(events.get(300 - 256), NOW.plusSeconds(300)))
                .isTrue();
        assertThat(seen.isDuplicate(events.get(300 - 257), NOW.plusSeconds(300)))
                .isFalse();
    }

    @Test
    void writesOnlyThoseThatAreNotTooOld() {
        events(256).forEach(event -> seen.isDuplicate(event, NOW));
        StateWriter out = new StateWriter();
        seen.write(out, NOW.plus(Fingerprints.REMEMBERED).plusSeconds(1));
        assertThat(out.length()).isOne();
    }

    private void reread(Instant now) {
        StateWriter out = new StateWriter();
        seen.write(out, now);
        StateReader in = new StateReader(out.toBytes());
        seen = Fingerprints.read(in);
        in.finish();
    }

    private static List<AuditEvent> events(int count) {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] line = Fight.line("web", "metallb", "192.0.2.65", NOW, 100 + i, "");
            new AuditReader("a", Scope.DEFAULT).read(line, 0, line.length, "", new AuditSink() {
                @Override
                public void accepted(AuditEvent event) {
                    events.add(event);
                }

                @Override
                public void skipped(SkipReason reason) {
                    throw new AssertionError(reason);
                }

                @Override
                public void rejected(RejectReason reason, String detail) {
                    throw new AssertionError(reason);
                }
            });
        }
        return events;
    }
}
