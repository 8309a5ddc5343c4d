package io.patchwar.processor.alerting;

import io.patchwar.settings.Amounts;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import io.patchwar.settings.YamlSection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code alerting} section: whom to tell, and what not to.
 *
 * @param alertmanagers none for no alerts
 * @param labels on every alert, for the routing tree; none of them one of ours
 * @param externalUrl where people reach this service; null where alerts shall not link to it
 * @param runbooks where the runbooks stand, without a slash at the end; null where alerts shall not link to them
 * @param conflictsAbove when more wars than these have one cause, one alert stands for all of them
 * @param mostAlerts when more wars and conflicts than these would alert, the worst do, and one alert says so
 * @param queueCapacity alerts that wait for one Alertmanager; the oldest is dropped for one more
 */
public record AlertSettings(
        List<AlertmanagerSettings> alertmanagers,
        Map<String, String> labels,
        @Nullable URI externalUrl,
        @Nullable URI runbooks,
        AlertTiming timing,
        int conflictsAbove,
        int mostAlerts,
        int queueCapacity) {
    static final int CONFLICTS_ABOVE = 5;
    static final int MOST_ALERTS = 200;
    static final int QUEUE_CAPACITY = 10_000;

    public AlertSettings {
        alertmanagers = List.copyOf(alertmanagers);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** These Alertmanagers, and else what holds if nobody says otherwise. */
    public static AlertSettings to(AlertmanagerSettings... alertmanagers) {
        return new AlertSettings(
                List.of(alertmanagers),
                Map.of(),
                null,
                null,
                AlertTiming.DEFAULT,
                CONFLICTS_ABOVE,
                MOST_ALERTS,
                QUEUE_CAPACITY);
    }

    /**
     * Reads the {@code alerting} section of a larger document; all that is wrong is noted there, files that cannot be read
     * included.
     */
    public static AlertSettings read(YamlSection file) {
        return AlertSettingsReader.read(file.section("alerting"));
    }

    /**
     * Reads the {@code alerting} section alone, of a service's configuration file of whatever kind; other sections are not
     * looked at, and neither are other variables of the environment.
     *
     * @throws YamlProblems everything that is wrong with the section
     */
    public static AlertSettings readAlone(InputStream yaml, Map<String, String> environment)
            throws IOException, YamlProblems {
        Map<String, String> ours = new TreeMap<>(environment);
        ours.keySet().removeIf(name -> !name.startsWith("PATCHWAR_ALERTING_"));
        YamlSection section = YamlSection.read(yaml, Environment.of(ours)).section("alerting");
        AlertSettings read = AlertSettingsReader.read(section);
        section.finish();
        return read;
    }

    /** Adds what holds to the table that an operator is shown; secrets stand in files, and headers are hidden. */
    public void show(Map<String, String> table) {
        table.put(
                "alerting.alertmanagers",
                alertmanagers.isEmpty() ? "(none: alerting is off)" : String.valueOf(alertmanagers.size()));
        for (int i = 0; i < alertmanagers.size(); i++) {
            alertmanagers.get(i).show("alerting.alertmanagers[" + i + "].", table);
        }
        labels.forEach((name, value) -> table.put("alerting.labels." + name, value));
        table.put("alerting.externalUrl", externalUrl == null ? "(none: alerts have no link)" : externalUrl.toString());
        table.put("alerting.runbooks", runbooks == null ? "(none: alerts name no runbook)" : runbooks.toString());
        table.put("alerting.resend", Amounts.text(timing.resend()));
        table.put("alerting.resolvedFor", Amounts.text(timing.resolvedFor()));
        table.put("alerting.staleAfter", Amounts.text(timing.staleAfter()));
        table.put("alerting.refresh", Amounts.text(timing.refresh()));
        table.put("alerting.conflictsAbove", String.valueOf(conflictsAbove));
        table.put("alerting.mostAlerts", String.valueOf(mostAlerts));
        table.put("alerting.queue", String.valueOf(queueCapacity));
    }

    /** The same with that address of this service, where the operator has set none. */
    public AlertSettings reachedAt(URI url) {
        return externalUrl != null
                ? this
                : new AlertSettings(
                        alertmanagers, labels, url, runbooks, timing, conflictsAbove, mostAlerts, queueCapacity);
    }
}
