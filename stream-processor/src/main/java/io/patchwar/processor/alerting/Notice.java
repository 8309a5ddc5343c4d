package io.patchwar.processor.alerting;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody must be told.
 *
 * @param labels its identity: a function of the war alone, so that whoever finds it tells the same. Never an empty value
 * @param annotations what may change while it lasts: counts, times, words
 * @param startsAt when it began
 * @param link to where more is to be seen; null where nobody has configured that
 */
record Notice(
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant startsAt,
        @Nullable URI link) {
    Notice {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
        if (labels.getOrDefault(Labels.NAME, "").isEmpty() || labels.containsValue("")) {
            throw new IllegalArgumentException("an alert has a name and no empty label: " + labels.keySet());
        }
    }

    /** As it is sent: valid until then, or resolved since then. */
    Alert until(Instant end) {
        return new Alert(labels, annotations, startsAt, end, link);
    }
}
