package io.patchwar.processor.alerting;

import io.patchwar.settings.YamlSection;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From the {@code alerting} section to {@link AlertSettings}. The bounds keep out what could only be a slip of the hand. */
final class AlertSettingsReader {
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,99}");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofDays(3650);
    private static final int MANY = 10_000;

    private AlertSettingsReader() {}

    static AlertSettings read(YamlSection section) {
        List<AlertmanagerSettings> alertmanagers = new ArrayList<>();
        Set<URI> urls = new HashSet<>();
        for (YamlSection one : section.sections("alertmanagers")) {
            AlertmanagerSettings read = AlertmanagerReader.read(one);
            if (read != null) {
                if (!urls.add(read.url())) {
                    one.problem("url", "stands there twice; all addresses of a name are told anyway");
                }
                alertmanagers.add(read);
            }
        }
        AlertTiming usual = AlertTiming.DEFAULT;
        AlertTiming timing = new AlertTiming(
                section.duration("resend", usual.resend(), Duration.ofSeconds(15), Duration.ofMinutes(3)),
                usual.leastExpiry(),
                section.duration("resolvedFor", usual.resolvedFor(), Duration.ofMinutes(1), Duration.ofDays(1)),
                section.duration("staleAfter", usual.staleAfter(), Duration.ofMinutes(1), LONG),
                section.duration("refresh", usual.refresh(), SECOND, Duration.ofMinutes(10)));
        return new AlertSettings(
                alertmanagers,
                labels(section),
                url(section, "externalUrl"),
                url(section, "runbooks"),
                timing,
                section.count("conflictsAbove", AlertSettings.CONFLICTS_ABOVE, 1, MANY),
                section.count("mostAlerts", AlertSettings.MOST_ALERTS, 1, MANY),
                section.count("queue", AlertSettings.QUEUE_CAPACITY, 100, 1_000_000));
    }

    private static Map<String, String> labels(YamlSection section) {
        Map<String, String> labels = section.map("labels");
        labels.forEach((name, value) -> {
            if (!LABEL.matcher(name).matches() || name.startsWith("__")) {
                section.problem(
                        "labels." + name, "is no name of a label: letters, digits and underscores, no digit first");
            } else if (Labels.ALL.contains(name)) {
                section.problem("labels." + name, "is one of the labels that say which war it is, and cannot be set");
            }
            if (value.isBlank()) {
                section.problem("labels." + name, "must not be empty");
            }
        });
        return labels;
    }

    private static @Nullable URI url(YamlSection section, String key) {
        return section.has(key) ? httpUrl(section, key, section.text(key, "")) : null;
    }

    /** An address that requests can go to or links can lead to; null, with a problem noted, if the text is none. */
    static @Nullable URI httpUrl(YamlSection section, String key, String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            section.problem(key, "is no URL");
            return null;
        }
        boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!isHttp || url.getHost() == null) {
            section.problem(key, "must be a URL such as http://alertmanager.monitoring:9093");
            return null;
        }
        if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            section.problem(key, "must have no user, no query and no fragment; credentials stand in files");
            return null;
        }
        return url;
    }
}
