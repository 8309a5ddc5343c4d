package io.patchwar.standalone.doctor;

import io.patchwar.model.words.SafeText;
import io.patchwar.model.words.Spans;
import io.patchwar.standalone.report.Page;
import io.patchwar.standalone.report.Page.Ink;
import io.patchwar.watch.ResourceSight;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** For people. Safe text. Stateless. */
public final class DoctorReport {
    private static final int MOST_RESOURCES = 12;

    private DoctorReport() {}

    public static String render(Diagnosis diagnosis, int width, boolean colour) {
        Page page = new Page(width, colour);
        int problems = diagnosis.problems().size();
        int notes = diagnosis.notes().size();
        String told = problems == 0 ? "Nothing is wrong" : plural(problems, "problem", "problems");
        String noted = notes == 0 ? "" : ", " + plural(notes, "note", "notes");
        page.line(0, problems == 0 ? Ink.BOLD : Ink.RED, told + noted + ", in " + diagnosis.scope() + ".");
        diagnosis.problems().forEach(finding -> finding(finding, page));
        diagnosis.notes().forEach(finding -> finding(finding, page));
        sight(diagnosis.sight(), page);
        return page.toString();
    }

    private static void finding(Finding finding, Page page) {
        Symptom symptom = finding.symptom();
        boolean note = symptom.isNote();
        page.blank();
        page.line(
                0,
                note ? Ink.BOLD : Ink.YELLOW,
                (note ? "Note: " : "Problem: ") + symptom.title() + " [" + symptom.word() + "]");
        page.line(2, 11, Ink.PLAIN, "seen     " + seen(finding));
        page.line(2, 11, Ink.PLAIN, "means    " + symptom.meaning());
        page.line(2, 11, Ink.PLAIN, "change   " + symptom.change());
    }

    private static String seen(Finding finding) {
        String counted =
                Spans.number(finding.count()) + (finding.of() == 0 ? " times" : " of " + Spans.number(finding.of()));
        return finding.evidence().isEmpty() ? counted : counted + "; " + String.join("; ", finding.evidence());
    }

    private static void sight(Map<String, ResourceSight> sight, Page page) {
        if (sight.isEmpty()) {
            return;
        }
        page.blank().line(0, Ink.BOLD, "What can be seen of the writes:");
        List<Map.Entry<String, ResourceSight>> most = sight.entrySet().stream()
                .filter(entry -> entry.getValue().writes() > 0)
                .sorted(Comparator.comparingLong((Map.Entry<String, ResourceSight> entry) ->
                        -entry.getValue().writes()))
                .toList();
        for (Map.Entry<String, ResourceSight> entry : most.subList(0, Math.min(MOST_RESOURCES, most.size()))) {
            ResourceSight seen = entry.getValue();
            page.line(
                    2,
                    Ink.PLAIN,
                    SafeText.name(entry.getKey()) + ": " + plural(seen.writes(), "write", "writes") + ", "
                            + Spans.number(seen.withBodies()) + " with a body, " + Spans.number(seen.withReplies())
                            + " with the stored object");
        }
        if (most.size() > MOST_RESOURCES) {
            page.line(2, Ink.FAINT, "and " + plural(most.size() - MOST_RESOURCES, "resource", "resources") + " more");
        }
    }

    static String plural(long count, String one, String many) {
        return Spans.number(count) + " " + (count == 1 ? one : many);
    }
}
