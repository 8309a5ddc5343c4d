package io.patchwar.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.wire.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WriteStreamTest {
    private static final int EVENTS = 20_000;

    @Test
    void givesEachWriteTheKeyThatIngestWouldGiveIt() {
        WriteStream writes = new WriteStream(7, 20, 1);
        Reading reading = new Reading();
        AuditReader reader = new AuditReader("bench-0", Scope.DEFAULT);
        for (int i = 0; i < EVENTS; i++) {
            writes.next();
            byte[] value = writes.value().clone();
            reader.read(value, 0, value.length, "apiserver-1", reading);

            assertThat(reading.objects).as("in scope").hasSize(i + 1);
            assertThat(writes.key()).isEqualTo(ObjectKey.of(reading.objects.get(i)));
        }
    }

    @Test
    void fightsAsManyWarsAsAsked() {
        WriteStream writes = new WriteStream(7, 20, 1);
        Set<String> services = new HashSet<>();
        for (int i = 0; i < EVENTS; i++) {
            writes.next();
            ObjectRef object = ObjectKey.parse(writes.key());
            if (object != null && object.resource().equals("services")) {
                services.add(object.name());
            }
        }
        assertThat(services).hasSize(20);
    }

    @Test
    void letsEachWriteHappenInEveryCluster() {
        WriteStream writes = new WriteStream(7, 1, 3);
        Set<String> clusters = new HashSet<>();
        writes.next();
        byte[] first = writes.value();
        Instant then = writes.now();
        clusters.add(writes.clusterName());
        for (int i = 0; i < 2; i++) {
            writes.next();
            clusters.add(writes.clusterName());

            assertThat(writes.value()).isSameAs(first);
            assertThat(writes.now()).isEqualTo(then);
        }
        writes.next();

        assertThat(writes.value()).isNotSameAs(first);
        assertThat(writes.now()).isAfter(then);
        assertThat(clusters).containsExactlyInAnyOrder("bench-0", "bench-1", "bench-2");
    }

    private static final class Reading implements AuditSink {
        private final List<ObjectRef> objects = new ArrayList<>();

        @Override
        public void accepted(AuditEvent event) {
            objects.add(event.object());
        }

        @Override
        public void skipped(SkipReason reason) {
            throw new AssertionError("skipped: " + reason);
        }

        @Override
        public void rejected(RejectReason reason, String detail) {
            throw new AssertionError("rejected: " + reason + ", " + detail);
        }
    }
}
