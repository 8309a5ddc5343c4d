package io.patchwar.ingest.bridge;

import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster a record is of: always the same one, or the one that a header or a member of the record names. Of what stands there a
 * pattern takes a part, and a table may give that another name. Immutable.
 *
 * @param fixed the cluster if nothing else names one; null if there is no such
 * @param header name of a record header, null for none
 * @param field member of the document, along dots, null for none; looked for in each of the {@code records} of an Azure document, too
 * @param pattern whose first group, or else whole match, is the cluster's name as it stands there
 * @param names from names as they stand there, lower case, to those that are meant
 */
public record ClusterNaming(
        @Nullable String fixed,
        @Nullable String header,
        @Nullable String field,
        Pattern pattern,
        Map<String, String> names) {
    /** The last part of a path, as resource ids end: all of what has no slash. */
    public static final Pattern LAST_PART = Pattern.compile("([^/]+)/*$");

    private static final int LONGEST = 4_000;

    public ClusterNaming {
        Map<String, String> lower = new TreeMap<>();
        names.forEach((from, to) -> lower.put(from.toLowerCase(Locale.ROOT), to));
        names = Map.copyOf(lower);
    }

    /** All records are of this cluster. */
    public static ClusterNaming always(String cluster) {
        return new ClusterNaming(cluster, null, null, LAST_PART, Map.of());
    }

    /** Whether a document may hold events of several clusters. */
    boolean looksInside() {
        return field != null;
    }

    /** By header, else the one that is fixed; null if neither names one. */
    @Nullable
    String of(Headers headers) {
        Header found = header == null ? null : headers.lastHeader(header);
        String named = found == null || found.value() == null
                ? null
                : named(new String(found.value(), StandardCharsets.UTF_8));
        return named == null ? fixed : named;
    }

    /** By what the document says; null if it says nothing that is a cluster's name. */
    @Nullable
    String of(Slice document) {
        if (field == null) {
            return null;
        }
        try {
            Slice value = document;
            for (String member : field.split("\\.", -1)) {
                value = Members.find(value, member);
            }
            return value == null || value.isNull() ? null : named(value.text());
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    private @Nullable String named(String text) {
        Matcher m = pattern.matcher(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        if (!m.find()) {
            return null;
        }
        String part = m.groupCount() > 0 && m.group(1) != null ? m.group(1) : m.group();
        String name = names.getOrDefault(part.toLowerCase(Locale.ROOT), part);
        // Azure writes resource ids in capitals, and sometimes not: one cluster, one name.
        String cluster = names.containsValue(name) ? name : name.toLowerCase(Locale.ROOT);
        return Origin.isCluster(cluster) ? cluster : null;
    }
}
