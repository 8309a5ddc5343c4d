package io.patchwar.standalone;

import io.patchwar.fields.DigestKey;
import io.patchwar.standalone.source.LogSources;
import io.patchwar.standalone.source.Progress;
import io.patchwar.standalone.source.SourceException;
import io.patchwar.watch.ClusterSight;
import io.patchwar.watch.Expiries;
import io.patchwar.watch.Findings;
import io.patchwar.watch.WarWatch;
import io.patchwar.watch.config.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One way through all logs: reads them, has their writes judged, and comes to an outcome. */
final class ScanRun {
    /** Always as many, so that the answer is the same on any machine, what had to be forgotten included. */
    private static final int SHARDS = 16;

    private final Settings settings;
    private final WarWatch watch;
    private final Intake intake;
    private @Nullable String broken;

    ScanRun(Settings settings, Span span) {
        this.settings = settings;
        this.watch = new WarWatch(settings.watch(), DigestKey.random(), SHARDS);
        this.intake = new Intake(watch, span);
    }

    /** Reads them through, with all processors. What breaks on the way ends the reading, and the outcome is of what came before. */
    void read(LogSources sources, Progress progress) {
        try {
            sources.readInto(intake, progress, intake);
        } catch (SourceException e) {
            broken = e.getMessage() == null ? "failed" : e.getMessage();
        }
    }

    /** All is read: what came of it, as far as somebody asked. */
    ScanOutcome outcome(Asked asked) {
        watch.finish();
        Findings findings = watch.findings();
        return new ScanOutcome(asked.report(findings, intake.account(), notices(findings)), broken);
    }

    /** Of mutes that end, by the newest stamp in the log. */
    private List<String> notices(Findings findings) {
        return findings.sight().values().stream()
                .map(ClusterSight::last)
                .flatMap(Stream::ofNullable)
                .max(Comparator.naturalOrder())
                .map(last -> Expiries.notices(settings.watch().rules().ignored(), last))
                .orElse(List.of());
    }
}
