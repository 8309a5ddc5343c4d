package io.patchwar.standalone.report;

import io.patchwar.model.Conflict;
import io.patchwar.model.War;
import io.patchwar.model.words.Counted;
import io.patchwar.model.words.Names;
import io.patchwar.model.words.SafeText;
import io.patchwar.model.words.Sentence;
import io.patchwar.model.words.Spans;
import io.patchwar.pressure.Pressure;
import io.patchwar.standalone.report.Page.Ink;
import java.util.List;

/** For a person at a terminal: the verdict first, each war with its proof and what to do, the accounting last. Stateless. */
public final class TextReport {
    private static final int MOST_IN_FULL = 12;
    private static final int MOST_LISTED = 20;

    private final ScanReport report;
    private final Page page;

    private TextReport(ScanReport report, int width, boolean colour) {
        this.report = report;
        this.page = new Page(width, colour);
    }

    /**
     * The report as text, ending in a line end.
     *
     * @param width of the terminal, in characters
     */
    public static String render(ScanReport report, int width, boolean colour) {
        TextReport text = new TextReport(report, width, colour);
        text.write();
        return text.page.toString();
    }

    private void write() {
        boolean wars = report.outcome() == ScanReport.Outcome.WARS;
        page.line(0, wars ? Ink.RED : Ink.BOLD, Headline.of(report));
        if (!report.asked().isEmpty()) {
            String hidden = report.hidden() == 0
                    ? "nothing else was found"
                    : Headline.plural(report.hidden(), "other war or finding is", "other wars and findings are")
                            + " not shown";
            page.line(0, Ink.FAINT, "Asked for: " + report.asked() + "; " + hidden + ".");
        }
        writeFronts();
        writeFindings();
        writeMuted();
        report.notices().forEach(notice -> page.line(0, Ink.YELLOW, "Note: " + SafeText.of(notice, 500) + "."));
        writeAccount();
    }

    private void writeFronts() {
        List<Front> fronts = report.fronts();
        for (Front front : fronts.subList(0, Math.min(fronts.size(), MOST_IN_FULL))) {
            page.blank();
            War worst = front.worst();
            Pressure pressure = report.findings().pressure().get(worst.id());
            WarCard.write(page, worst, WarWords.stateInLog(worst), pressure);
            writeOthers(front);
        }
        if (fronts.size() > MOST_IN_FULL) {
            page.blank().line(0, Ink.BOLD, "More wars");
            for (Front front : fronts.subList(MOST_IN_FULL, Math.min(fronts.size(), MOST_IN_FULL + 5 * MOST_LISTED))) {
                page.line(
                        2,
                        4,
                        Ink.PLAIN,
                        "- " + WarWords.severity(front.worst()) + " " + Sentence.of(front.worst()) + ".");
                writeOthers(front);
            }
            writeRest(fronts.size() - MOST_IN_FULL - 5 * MOST_LISTED, "wars");
        }
    }

    private void writeOthers(Front front) {
        Conflict conflict = front.conflict();
        if (conflict == null || front.others().isEmpty()) {
            return;
        }
        page.line(2, 4, Ink.BOLD, "One cause: " + Sentence.of(conflict) + ". The others:");
        for (War war : front.others().subList(0, Math.min(front.others().size(), MOST_LISTED))) {
            page.line(
                    4,
                    6,
                    Ink.PLAIN,
                    "- " + Names.object(war.object()) + ", "
                            + Counted.in(war.warClass()).of(war.reversals()) + " since " + Spans.clock(war.startedAt())
                            + ", "
                            + war.severity().word() + ", " + war.state().word() + ", war id "
                            + SafeText.name(war.id()));
        }
        writeRest(front.others().size() - MOST_LISTED, "wars");
    }

    private void writeFindings() {
        List<War> findings = report.findings().findings();
        if (findings.isEmpty()) {
            return;
        }
        page.blank()
                .line(0, Ink.BOLD, "Findings (no wars, but worth a look; `patchwar explain CLASS` tells what each is)");
        for (War finding : findings.subList(0, Math.min(findings.size(), MOST_LISTED))) {
            page.line(2, 4, Ink.PLAIN, "- " + finding.warClass().word() + ": " + Sentence.of(finding) + ".");
            WarWords.lastWrites(finding).stream()
                    .reduce((a, b) -> b)
                    .ifPresent(last -> page.line(4, 6, Ink.FAINT, "last: " + WarWords.proof(last)));
        }
        writeRest(findings.size() - MOST_LISTED, "findings");
    }

    private void writeMuted() {
        List<War> muted = report.findings().muted();
        if (muted.isEmpty()) {
            return;
        }
        page.blank().line(0, Ink.BOLD, "Muted");
        for (War war : muted.subList(0, Math.min(muted.size(), MOST_LISTED))) {
            page.line(2, 4, Ink.PLAIN, "- " + Sentence.of(war) + ". Muted by " + SafeText.name(war.muted()) + ".");
        }
        writeRest(muted.size() - MOST_LISTED, "muted ones");
    }

    private void writeRest(int more, String what) {
        if (more > 0) {
            page.line(4, Ink.FAINT, "and " + Spans.number(more) + " more " + what + " (--format json has them all)");
        }
    }

    private void writeAccount() {
        InputAccount input = report.input();
        page.blank().line(0, SightWords.read(input));
        if (!input.skipped().isEmpty()) {
            page.line(2, 4, Ink.PLAIN, "skipped: " + SightWords.skipped(input));
        }
        SightWords.rejected(input).forEach(reason -> page.line(2, 4, Ink.YELLOW, "rejected: " + reason));
        if (!input.envelopes().isEmpty()) {
            page.line(2, 4, Ink.PLAIN, "unwrapped: " + SightWords.envelopes(input));
        }
        SightWords.clusters(report).forEach(cluster -> page.line(0, 2, Ink.PLAIN, "Seen of " + cluster + "."));
        for (String gap : SightWords.gaps(report)) {
            page.line(2, 4, Ink.PLAIN, "- " + gap);
        }
    }
}
