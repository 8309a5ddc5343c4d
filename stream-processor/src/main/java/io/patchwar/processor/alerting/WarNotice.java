package io.patchwar.processor.alerting;

import io.patchwar.model.Contender;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.words.Counted;
import io.patchwar.model.words.Names;
import io.patchwar.model.words.SafeText;
import io.patchwar.model.words.Sentence;
import io.patchwar.model.words.ShownValue;
import io.patchwar.model.words.Spans;
import io.patchwar.pressure.Pressure;
import io.patchwar.processor.board.FirstField;
import io.patchwar.processor.board.Standing;
import io.patchwar.remedies.Remedies;
import io.patchwar.remedies.Remedy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** What is told of one war. Labels are a function of the war alone; whatever changes while it lasts is an annotation. */
final class WarNotice {
    static final String NAME = "PatchWar";
    private static final int DESCRIPTION_BYTES = 600;
    private static final int CONTENDERS_BYTES = 220;
    private static final int VALUES_BYTES = 200;
    private static final int ACTION_BYTES = 340;
    private static final int PRESSURE_BYTES = 160;
    private static final int LONGEST_VALUE = 60;

    private final AlertSettings settings;
    private final Links links;

    WarNotice(AlertSettings settings) {
        this.settings = settings;
        this.links = new Links(settings);
    }

    Notice of(Standing standing, Severity severity) {
        War war = standing.war();
        return new Notice(labels(war, severity), annotations(standing), war.startedAt(), links.war(war.id()));
    }

    private Map<String, String> labels(War war, Severity severity) {
        ObjectRef object = war.object();
        Map<String, String> labels = new LinkedHashMap<>(settings.labels());
        labels.put(Labels.NAME, NAME);
        labels.put(Labels.SEVERITY, severity.word());
        labels.put(Labels.CLUSTER, SafeText.name(object.cluster()));
        labels.put(Labels.NAMESPACE, SafeText.name(object.namespace()));
        labels.put(Labels.RESOURCE, resource(object));
        labels.put(Labels.OBJECT, SafeText.name(object.name()));
        labels.put(Labels.FIELD, SafeText.name(FirstField.of(war)));
        labels.put(Labels.WAR_ID, SafeText.name(war.id()));
        // Alertmanager drops an empty label; a cluster-scoped object has no namespace, some classes no field.
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    Map<String, String> annotations(Standing standing) {
        War war = standing.war();
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", Summaries.of(war.warClass()));
        annotations.put("description", ShortText.of(Sentence.of(war) + ".", DESCRIPTION_BYTES));
        annotations.put("contenders", contenders(war.contenders()));
        put("values", ShortText.of(values(war), VALUES_BYTES), annotations);
        annotations.put("reversals", counted(war));
        annotations.put("started_at", war.startedAt().toString());
        Pressure pressure = standing.pressure();
        if (pressure != null) {
            put("pressure", ShortText.of(pressure.sentence(), PRESSURE_BYTES), annotations);
        }
        if (!standing.heard()) {
            annotations.put("unheard", "the cluster is not heard: nobody knows whether this goes on");
        }
        Remedy remedy = Remedies.forWar(war);
        annotations.put("suggested_action", action(remedy));
        links.put(annotations, links.war(war.id()), war.warClass());
        return annotations;
    }

    static String resource(ObjectRef object) {
        return SafeText.name(object.group().isEmpty() ? object.resource() : object.resource() + "." + object.group());
    }

    static String contenders(List<Contender> contenders) {
        StringJoiner names = new StringJoiner(", ");
        contenders.forEach(contender -> names.add(Names.contender(contender)));
        return ShortText.of(names.toString(), CONTENDERS_BYTES);
    }

    static String action(Remedy remedy) {
        return remedy.steps().isEmpty()
                ? ShortText.of(remedy.cause(), ACTION_BYTES)
                : ShortText.of(remedy.steps().get(0), ACTION_BYTES);
    }

    /** What each contender insists on, of the first field that tells. */
    private static String values(War war) {
        String field = war.fields().stream()
                .filter(f -> war.contenders().stream().anyMatch(c -> c.values().containsKey(f)))
                .findFirst()
                .orElse("");
        StringJoiner values = new StringJoiner("; ");
        for (Contender contender : war.contenders()) {
            List<String> wanted = contender.values().getOrDefault(field, List.of());
            if (!wanted.isEmpty()) {
                String last = ShownValue.of(wanted.get(wanted.size() - 1), LONGEST_VALUE);
                values.add(Names.account(contender.account()) + ": " + last);
            }
        }
        return values.toString();
    }

    private static String counted(War war) {
        String counted = Counted.in(war.warClass()).of(war.reversals());
        Duration period = war.period();
        return period == null || period.isZero() ? counted : counted + ", every " + Spans.duration(period);
    }

    private static void put(String name, String text, Map<String, String> annotations) {
        if (!text.isEmpty()) {
            annotations.put(name, text);
        }
    }
}
