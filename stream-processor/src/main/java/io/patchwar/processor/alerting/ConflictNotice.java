package io.patchwar.processor.alerting;

import io.patchwar.model.Conflict;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.words.Names;
import io.patchwar.model.words.SafeText;
import io.patchwar.model.words.Sentence;
import io.patchwar.model.words.Spans;
import io.patchwar.processor.board.CommonCause;
import io.patchwar.processor.board.FirstField;
import io.patchwar.remedies.Remedies;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is told of many wars with one cause, in place of each of them. */
final class ConflictNotice {
    static final String NAME = "PatchWarConflict";
    private static final int DESCRIPTION_BYTES = 600;
    private static final int OBJECTS_BYTES = 200;
    private static final int MOST_OBJECTS = 4;

    private final AlertSettings settings;
    private final Links links;

    ConflictNotice(AlertSettings settings) {
        this.settings = settings;
        this.links = new Links(settings);
    }

    Notice of(CommonCause cause, Severity severity) {
        Conflict conflict = cause.conflict();
        War oldest = cause.wars().get(0);
        Map<String, String> labels = new LinkedHashMap<>(settings.labels());
        labels.put(Labels.NAME, NAME);
        labels.put(Labels.SEVERITY, severity.word());
        labels.put(Labels.CLUSTER, SafeText.name(conflict.cluster()));
        labels.put(Labels.RESOURCE, SafeText.name(conflict.resource()));
        labels.put(Labels.FIELD, SafeText.name(FirstField.of(oldest)));
        labels.put(Labels.CONFLICT_ID, SafeText.name(conflict.id()));
        labels.values().removeIf(String::isEmpty);
        URI link = links.wars(conflict.cluster(), conflict.resource());
        return new Notice(labels, annotations(cause, oldest, link), oldest.startedAt(), link);
    }

    private Map<String, String> annotations(CommonCause cause, War oldest, @Nullable URI link) {
        Conflict conflict = cause.conflict();
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", Summaries.CONFLICT);
        annotations.put("description", ShortText.of(Sentence.of(conflict) + ".", DESCRIPTION_BYTES));
        annotations.put("contenders", WarNotice.contenders(conflict.contenders()));
        annotations.put("objects", objects(cause));
        annotations.put("reversals", Spans.number(conflict.reversals()));
        annotations.put("started_at", oldest.startedAt().toString());
        annotations.put("suggested_action", WarNotice.action(Remedies.forWar(oldest)));
        links.put(annotations, link, conflict.warClass());
        return annotations;
    }

    private static String objects(CommonCause cause) {
        String some = cause.wars().stream()
                .limit(MOST_OBJECTS)
                .map(war -> Names.object(war.object()))
                .collect(Collectors.joining(", "));
        int more = cause.wars().size() - MOST_OBJECTS;
        String rest = more > 0 ? " and " + more + " more" : "";
        return ShortText.of(some, OBJECTS_BYTES - rest.length()) + rest;
    }
}
