package io.patchwar.ingest.pipeline;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.redact.Redaction;
import io.patchwar.ingest.redact.RedactionKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An outlet in memory: keeps what it is handed, or refuses it. Thread-safe. */
public class CollectedRecords implements Outlet {
    public static final RedactionKey KEY =
            RedactionKey.of("a key that only tests have".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    public final List<OutRecord> records = new CopyOnWriteArrayList<>();
    public final List<Heard> heard = new CopyOnWriteArrayList<>();
    /** Origins of batches that were not taken. */
    public final List<Origin> refused = new CopyOnWriteArrayList<>();

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile NotDurableException.@Nullable Reason refusal;

    /** From now on everything is refused, for that reason; for none, taken again. */
    public void refuse(NotDurableException.@Nullable Reason reason) {
        refusal = reason;
    }

    @Override
    public CompletableFuture<Void> deliver(List<OutRecord> batch, boolean maySpool) {
        NotDurableException.Reason reason = refusal;
        if (reason != null) {
            return CompletableFuture.failedFuture(new NotDurableException(reason, "refused by the test"));
        }
        records.addAll(new ArrayList<>(batch));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void durable(Origin origin, List<Heard> said, int count) {
        heard.addAll(said);
    }

    @Override
    public void refused(Origin origin) {
        refused.add(origin);
    }

    @Override
    public void heard(Heard said) {
        heard.add(said);
    }

    /** A pipeline that ends here, of the default scope, with only Secrets redacted. */
    public Pipeline pipeline() {
        return pipeline(
                IngestScope.DEFAULT, Redaction.under(KEY), InstantSource.fixed(Instant.parse("2026-11-24T06:00:00Z")));
    }

    /** A pipeline that ends here. */
    public Pipeline pipeline(IngestScope scope, Redaction redaction, InstantSource clock) {
        return new Pipeline(scope, redaction, new DeadLetters(KEY, false), this, new IngestMetrics(meters), clock);
    }

    /** How often something was counted, over all values of the labels that are not named. */
    public double count(String name, String... labels) {
        return meters.find(name).tags(labels).counters().stream()
                .mapToDouble(c -> c.count())
                .sum();
    }
}
