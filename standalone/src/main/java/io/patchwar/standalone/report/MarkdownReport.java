package io.patchwar.standalone.report;

import static io.patchwar.standalone.report.MarkdownText.code;
import static io.patchwar.standalone.report.MarkdownText.text;

import io.patchwar.model.Conflict;
import io.patchwar.model.Contender;
import io.patchwar.model.Evidence;
import io.patchwar.model.War;
import io.patchwar.model.words.Counted;
import io.patchwar.model.words.Names;
import io.patchwar.model.words.Sentence;
import io.patchwar.model.words.Spans;
import io.patchwar.pressure.Pressure;
import io.patchwar.remedies.Remedies;
import io.patchwar.remedies.Remedy;
import java.util.List;
import java.util.Locale;

/** For a ticket: GitHub-flavoured Markdown in which nothing from the log is markup. Stateless. */
public final class MarkdownReport {
    private static final int MOST_IN_FULL = 12;
    private static final int MOST_LISTED = 50;

    private final ScanReport report;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(ScanReport report) {
        this.report = report;
    }

    /** The report as Markdown, ending in a line end. */
    public static String render(ScanReport report) {
        MarkdownReport markdown = new MarkdownReport(report);
        markdown.write();
        return markdown.out.toString();
    }

    private void write() {
        line("# Patchwar: " + text(Headline.of(report)));
        if (!report.asked().isEmpty()) {
            line("");
            line("Asked for: " + text(report.asked()) + "; " + report.hidden()
                    + " other wars and findings are not shown.");
        }
        writeFronts();
        writeFindings();
        writeMuted();
        report.notices().forEach(notice -> {
            line("");
            line("Note: " + text(notice) + ".");
        });
        writeAccount();
    }

    private void writeFronts() {
        List<Front> fronts = report.fronts();
        for (Front front : fronts.subList(0, Math.min(fronts.size(), MOST_IN_FULL))) {
            writeWar(front.worst());
            writeOthers(front);
        }
        if (fronts.size() > MOST_IN_FULL) {
            line("");
            line("## More wars");
            line("");
            fronts.subList(MOST_IN_FULL, Math.min(fronts.size(), MOST_IN_FULL + MOST_LISTED))
                    .forEach(front ->
                            line("- " + severity(front.worst()) + ": " + text(Sentence.of(front.worst())) + "."));
            writeRest(fronts.size() - MOST_IN_FULL - MOST_LISTED);
        }
    }

    private void writeWar(War war) {
        line("");
        line("## " + severity(war) + ": " + war.warClass().word() + " over " + text(Names.object(war.object())));
        line("");
        line(text(Sentence.of(war)) + ".");
        line("");
        line("| contender | insists on | writes | rejected |");
        line("| --- | --- | ---: | ---: |");
        for (Contender contender : war.contenders()) {
            List<String> wants = WarWords.wants(war, contender);
            String wanted =
                    String.join("<br>", wants.stream().map(MarkdownText::code).toList());
            line("| " + code(WarWords.contender(contender)) + " | " + wanted + " | " + contender.writes() + " | "
                    + contender.rejected() + " |");
        }
        line("");
        line("Counted: " + text(WarWords.counted(war)) + " (" + text(WarWords.stateInLog(war)) + ").");
        Pressure pressure = report.findings().pressure().get(war.id());
        if (pressure != null) {
            line("");
            line("Cost at its worst: " + text(pressure.sentence()) + ".");
        }
        writeEvidence(war);
        writeRemedy(Remedies.forWar(war));
        line("");
        line("War id " + code(war.id()) + ".");
    }

    private void writeRemedy(Remedy remedy) {
        Remedy.Option first = remedy.first();
        line("");
        line("**What to do.** " + text(remedy.cause()));
        line("");
        line(text(first.title()));
        line("");
        line(MarkdownText.block("sh", first.commands()));
        line(MarkdownText.block("yaml", first.manifest().lines().toList()));
        line("- Effect: " + text(first.effect()));
        line("- Undo: " + text(first.undo()));
        line("- To agree: " + text(first.agree()));
        remedy.steps().stream().skip(1).forEach(step -> line("- Else: " + text(step)));
        line("- All of it: " + code("docs/runbooks/" + remedy.runbook()));
    }

    private void writeEvidence(War war) {
        List<Evidence> writes = WarWords.lastWrites(war);
        if (writes.isEmpty()) {
            return;
        }
        line("");
        line("| last writes (UTC) | by | what | proof |");
        line("| --- | --- | --- | --- |");
        for (Evidence write : writes) {
            line("| " + Spans.fine(write.time()) + " | " + code(Names.account(write.account())) + " | "
                    + code(WarWords.change(war, write)) + " | " + code(WarWords.proof(write)) + " |");
        }
    }

    private void writeOthers(Front front) {
        Conflict conflict = front.conflict();
        if (conflict == null || front.others().isEmpty()) {
            return;
        }
        line("");
        line("**One cause:** " + text(Sentence.of(conflict)) + ". The others:");
        line("");
        for (War war : front.others().subList(0, Math.min(front.others().size(), MOST_LISTED))) {
            line("- " + code(Names.object(war.object())) + ", "
                    + Counted.in(war.warClass()).of(war.reversals()) + " since "
                    + Spans.clock(war.startedAt()) + ", " + war.severity().word() + ", "
                    + war.state().word() + ", war id "
                    + code(war.id()));
        }
        writeRest(front.others().size() - MOST_LISTED);
    }

    private void writeFindings() {
        List<War> findings = report.findings().findings();
        if (findings.isEmpty()) {
            return;
        }
        line("");
        line("## Findings");
        line("");
        for (War finding : findings.subList(0, Math.min(findings.size(), MOST_LISTED))) {
            line("- " + finding.warClass().word() + ": " + text(Sentence.of(finding)) + ".");
        }
        writeRest(findings.size() - MOST_LISTED);
    }

    private void writeMuted() {
        List<War> muted = report.findings().muted();
        if (muted.isEmpty()) {
            return;
        }
        line("");
        line("## Muted");
        line("");
        for (War war : muted.subList(0, Math.min(muted.size(), MOST_LISTED))) {
            String by = war.muted();
            line("- " + text(Sentence.of(war)) + ". Muted by " + text(by == null ? "" : by) + ".");
        }
        writeRest(muted.size() - MOST_LISTED);
    }

    private void writeRest(int more) {
        if (more > 0) {
            line("- and " + Spans.number(more) + " more (`--format json` has them all)");
        }
    }

    private void writeAccount() {
        InputAccount input = report.input();
        line("");
        line("## What was read");
        line("");
        line(text(SightWords.read(input)));
        line("");
        if (!input.skipped().isEmpty()) {
            line("- skipped: " + text(SightWords.skipped(input)));
        }
        SightWords.rejected(input).forEach(reason -> line("- rejected: " + text(reason)));
        if (!input.envelopes().isEmpty()) {
            line("- unwrapped: " + text(SightWords.envelopes(input)));
        }
        SightWords.clusters(report).forEach(cluster -> line("- seen of " + text(cluster)));
        SightWords.gaps(report).forEach(gap -> line("- " + text(gap)));
    }

    private static String severity(War war) {
        return war.severity().word().toUpperCase(Locale.ROOT);
    }

    private void line(String line) {
        out.append(line).append('\n');
    }
}
