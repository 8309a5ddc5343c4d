package io.patchwar.processor.alerting;

import io.patchwar.model.Severity;
import io.patchwar.model.words.Spans;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** That there are more wars than alerts. */
final class StormNotice {
    static final String NAME = "PatchWarStorm";

    private final AlertSettings settings;

    StormNotice(AlertSettings settings) {
        this.settings = settings;
    }

    Notice of(Severity severity, int wars, Instant startedAt) {
        Map<String, String> labels = new LinkedHashMap<>(settings.labels());
        labels.put(Labels.NAME, NAME);
        labels.put(Labels.SEVERITY, severity.word());
        Links links = new Links(settings);
        URI link = links.wars();
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", Summaries.STORM);
        annotations.put(
                "description",
                Spans.number(wars) + " wars and conflicts go on that somebody should be told of. The "
                        + Spans.number(settings.mostAlerts()) + " worst alert one by one, "
                        + Spans.number(wars - settings.mostAlerts()) + " do not.");
        annotations.put(
                "suggested_action",
                "Look at all of them together: what was rolled out just before they began? The number that alert is"
                        + " alerting.mostAlerts.");
        links.put(annotations, link, null);
        return new Notice(labels, annotations, startedAt, link);
    }
}
