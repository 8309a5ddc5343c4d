package io.patchwar.processor.config;

import io.patchwar.settings.Amounts;
import io.patchwar.settings.YamlSection;
import java.time.Duration;
import java.util.Map;

/**
 * The {@code output} section: what is written beside the wars, and for how long an ended war stays.
 *
 * @param fieldChanges whether each change of a field goes to {@code field-changes}
 * @param keepEnded how long after its end a war is deleted from {@code wars}; never less than the window
 * @param progress least time between two updates of a war that only went on
 * @param loadInterval how often {@code cluster-load} is written
 */
public record OutputSettings(boolean fieldChanges, Duration keepEnded, Duration progress, Duration loadInterval) {
    public static final OutputSettings DEFAULT =
            new OutputSettings(true, Duration.ofDays(7), Duration.ofSeconds(1), Duration.ofSeconds(10));

    static OutputSettings read(YamlSection file, Duration window) {
        YamlSection output = file.section("output");
        OutputSettings read = new OutputSettings(
                output.flag("fieldChanges", DEFAULT.fieldChanges),
                output.duration("keepEnded", DEFAULT.keepEnded, Duration.ofMinutes(1), Duration.ofDays(365)),
                output.duration("progress", DEFAULT.progress, Duration.ZERO, Duration.ofMinutes(5)),
                output.duration("loadInterval", DEFAULT.loadInterval, Duration.ofSeconds(1), Duration.ofMinutes(5)));
        if (read.keepEnded.compareTo(window) < 0) {
            output.problem(
                    "keepEnded",
                    "must not be shorter than the window (detection.rules.window), " + Amounts.text(window)
                            + ": a war that breaks out again within it is the same war");
        }
        return read;
    }

    void show(Map<String, String> table) {
        table.put("output.fieldChanges", String.valueOf(fieldChanges));
        table.put("output.keepEnded", Amounts.text(keepEnded));
        table.put("output.progress", Amounts.text(progress));
        table.put("output.loadInterval", Amounts.text(loadInterval));
    }
}
