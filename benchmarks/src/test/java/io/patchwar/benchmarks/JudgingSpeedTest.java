package io.patchwar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.benchmarks.cluster.Cluster;
import io.patchwar.fields.DigestKey;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.watch.WarWatch;
import io.patchwar.watch.WatchConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured is the work itself: all writes of the log, judged to the wars that are in it. */
class JudgingSpeedTest {
    @Test
    void judgesTheLogToItsWars() throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        AuditLogGenerator.generate(1, 3_000_000, true, log);

        List<AuditEvent> events = JudgingSpeed.read(log.toByteArray());
        WarWatch watch = new WarWatch(WatchConfig.shipped(), DigestKey.random(), 16);
        JudgingSpeed.judge(watch, events);

        assertThat(watch.taken()).isEqualTo(events.size()).isGreaterThan(500);
        assertThat(watch.findings().wars())
                .extracting(war -> war.object().qualifiedName())
                .containsExactlyInAnyOrderElementsOf(Cluster.servicesAtWar());
    }
}
