package io.patchwar.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.pressure.PressureConfig;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * However many objects there are, no more is remembered than the configuration allows. A million here; another number with
 * {@code -Dpatchwar.objects=10000000}.
 */
class MemoryBoundTest {
    private static final int OBJECTS = Integer.getInteger("patchwar.objects", 1_000_000);

    @Test
    void aMillionObjectsStayWithinTheConfiguredBytes() {
        WatchConfig config = new WatchConfig(
                WatchConfig.DEFAULT.rules(),
                WatchConfig.DEFAULT.grace(),
                1_000,
                8L << 20,
                5_000,
                16L << 20,
                100,
                false,
                PressureConfig.DEFAULT);
        WarWatch watch = new WarWatch(config, DigestKey.random());
        AuditReader reader = new AuditReader("default", Scope.DEFAULT);
        long[] heaviest = {0};
        AuditSink sink = new AuditSink() {
            @Override
            public void accepted(AuditEvent event) {
                watch.read();
                watch.accept(event);
                heaviest[0] = Math.max(heaviest[0], watch.weight());
            }

            @Override
            public void skipped(SkipReason reason) {
                throw new AssertionError(reason);
            }

            @Override
            public void rejected(RejectReason reason, String detail) {
                throw new AssertionError(reason);
            }
        };
        for (int i = 0; i < OBJECTS; i++) {
            byte[] line = line(i).getBytes(StandardCharsets.UTF_8);
            reader.read(line, 0, line.length, "", sink);
        }
        watch.finish();

        assertThat(heaviest[0]).isLessThan(config.mostBytes() + config.mostHeldBytes() + (1 << 20));
        assertThat(watch.findings().sight().get("default").evicted()).isGreaterThan(OBJECTS / 2);
    }

    private static String line(int i) {
        String time = String.format(
                "2026-11-23T%02d:%02d:%02d.%06dZ",
                i / 3_600_000 % 24, i / 60_000 % 60, i / 1_000 % 60, i % 1_000 * 1000);
        return "{\"auditID\":\"" + i
                + "\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/namespaces/n/configmaps\","
                + "\"verb\":\"create\",\"user\":{\"username\":\"u\"},\"objectRef\":{\"resource\":\"configmaps\",\"namespace\":\"n\","
                + "\"name\":\"c" + i
                + "\"},\"responseStatus\":{\"code\":201},\"responseObject\":{\"kind\":\"ConfigMap\","
                + "\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"c" + i + "\",\"uid\":\"u" + i
                + "\",\"resourceVersion\":\""
                + (i + 1) + "\"},\"data\":{\"a\":\"" + "x".repeat(i % 700) + "\"}},\"stageTimestamp\":\"" + time
                + "\"}";
    }
}
