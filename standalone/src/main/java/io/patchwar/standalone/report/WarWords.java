package io.patchwar.standalone.report;

import io.patchwar.model.Actor;
import io.patchwar.model.Contender;
import io.patchwar.model.Evidence;
import io.patchwar.model.FieldPath;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarState;
import io.patchwar.model.words.Counted;
import io.patchwar.model.words.Names;
import io.patchwar.model.words.SafeText;
import io.patchwar.model.words.ShownValue;
import io.patchwar.model.words.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The parts of a war in words, the same in every form of report. All of it safe text. */
final class WarWords {
    static final int LAST_WRITES = 4;
    private static final int LONGEST_VALUE = 120;
    private static final int LONGEST_CHANGE = 60;
    private static final int MOST_FIELDS = 4;
    private static final int MOST_VALUES = 3;

    private WarWords() {}

    static String state(War war) {
        return state(war, "ongoing");
    }

    /** The same, of a war that outlived what could be read of it. */
    static String stateInLog(War war) {
        return state(war, "ongoing when the log ended");
    }

    private static String state(War war, String ongoing) {
        String ending = war.state() == WarState.ENDED ? "ended" : ongoing;
        return war.warClass().word() + ", " + war.confidence().word() + ", " + ending;
    }

    static String severity(War war) {
        return war.severity().word().toUpperCase(Locale.ROOT);
    }

    /** {@code metallb-system/controller (program controller; instances controller-x2x8z)}. */
    static String contender(Contender contender) {
        List<String> more = new ArrayList<>();
        if (!contender.program().equals(Actor.UNKNOWN_PROGRAM)) {
            more.add("program " + Names.program(contender));
        }
        List<String> instances = contender.instances().stream()
                .filter(i -> !i.isEmpty())
                .limit(MOST_VALUES)
                .map(i -> SafeText.of(i, 80))
                .toList();
        if (!instances.isEmpty()) {
            int rest = contender.instances().size() - instances.size();
            more.add("seen as " + String.join(", ", instances) + (rest > 0 ? " and " + rest + " more" : ""));
        }
        return Names.account(contender.account()) + (more.isEmpty() ? "" : " (" + String.join("; ", more) + ")");
    }

    /** What the contender insists on, one text for each contested field. */
    static List<String> wants(War war, Contender contender) {
        List<String> wants = new ArrayList<>();
        boolean several = contender.values().size() > 1;
        for (String field : war.fields()) {
            List<String> values = contender.values().get(field);
            if (values != null && !values.isEmpty() && wants.size() < MOST_FIELDS) {
                String value = field.equals(FieldPath.OBJECT) ? existence(values) : values(values);
                wants.add(several ? SafeText.of(field, LONGEST_VALUE) + ": " + value : value);
            }
        }
        int more = contender.values().size() - wants.size();
        if (more > 0 && !wants.isEmpty()) {
            wants.add("and values of " + more + " more fields");
        }
        return wants;
    }

    private static String existence(List<String> values) {
        return values.get(values.size() - 1).equals(ShownValue.ABSENT) ? "it gone" : "it there";
    }

    private static String values(List<String> values) {
        int from = Math.max(0, values.size() - MOST_VALUES);
        List<String> latest = ShownValue.apart(values.subList(from, values.size()), LONGEST_VALUE);
        String last = latest.get(latest.size() - 1);
        return latest.size() == 1
                ? last
                : last + " (before: " + String.join(", ", latest.subList(0, latest.size() - 1)) + ")";
    }

    /** {@code 12 writes of the object, 1 rejected}; empty for admission, which writes nothing itself. */
    static String writes(Contender contender) {
        if (contender.account().equals(Actor.ADMISSION)) {
            return "";
        }
        String rejected = contender.rejected() == 0 ? "" : ", " + Spans.number(contender.rejected()) + " rejected";
        return Headline.plural(contender.writes(), "write", "writes") + " of the object" + rejected;
    }

    /** {@code 412 reversals since …, the last at …; each comes back every 0.14 s}. */
    static String counted(War war) {
        String since = " since " + Spans.day(war.startedAt()) + " UTC";
        String last = ", the last at " + Spans.near(war.lastChangeAt(), war.startedAt());
        Duration period = war.period();
        String every = period == null || period.isZero()
                ? ""
                : "; those of one contender about " + Spans.duration(period) + " apart";
        return Counted.in(war.warClass()).of(war.reversals()) + since + last + every;
    }

    /** The last few writes that show it. */
    static List<Evidence> lastWrites(War war) {
        List<Evidence> all = war.evidence();
        List<Evidence> main = war.fields().isEmpty()
                ? all
                : all.stream().filter(e -> isMain(war, e)).toList();
        List<Evidence> some = main.isEmpty() ? all : main;
        return some.subList(Math.max(0, some.size() - LAST_WRITES), some.size());
    }

    /** Of several fields that change together one tells enough. */
    private static boolean isMain(War war, Evidence evidence) {
        String field = war.evidence().get(war.evidence().size() - 1).field();
        return field == null ? evidence.field() == null : field.equals(evidence.field());
    }

    /** {@code update: 203.0.113.1 → 192.0.2.65}. */
    static String change(War war, Evidence evidence) {
        String verb = SafeText.of(evidence.verb(), 20);
        if (evidence.field() == null || evidence.field().equals(FieldPath.OBJECT)) {
            return verb;
        }
        String from = evidence.from() == null ? ShownValue.ABSENT : evidence.from();
        String to = evidence.to() == null ? ShownValue.ABSENT : evidence.to();
        List<String> values = ShownValue.apart(List.of(from, to), LONGEST_CHANGE);
        String arrow = war.warClass() == WarClass.ADMISSION ? ", stored as " : " → ";
        return verb + ": " + values.get(0) + arrow + values.get(1);
    }

    /** {@code auditID …, resourceVersion …}. */
    static String proof(Evidence evidence) {
        String version = evidence.resourceVersion();
        return "auditID " + SafeText.of(evidence.auditID(), 80)
                + (version == null ? "" : ", resourceVersion " + SafeText.of(version, 64));
    }
}
