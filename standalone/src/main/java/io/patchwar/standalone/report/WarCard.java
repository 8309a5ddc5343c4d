package io.patchwar.standalone.report;

import io.patchwar.model.Contender;
import io.patchwar.model.Evidence;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.words.Names;
import io.patchwar.model.words.SafeText;
import io.patchwar.model.words.Sentence;
import io.patchwar.model.words.Spans;
import io.patchwar.pressure.Pressure;
import io.patchwar.remedies.Remedies;
import io.patchwar.remedies.Remedy;
import io.patchwar.standalone.report.Page.Ink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One war in full: who wants what, the writes that prove it, and what to do. Stateless. */
public final class WarCard {
    private WarCard() {}

    /**
     * A war as it stands now, in lines that end in a line end.
     *
     * @param width of the terminal, in characters
     */
    public static String render(War war, int width, boolean colour) {
        Page page = new Page(width, colour);
        write(page, war, WarWords.state(war), null);
        return page.toString();
    }

    static void write(Page page, War war, String state, @Nullable Pressure worst) {
        page.line(0, ink(war.severity()), WarWords.severity(war) + "  " + state);
        page.line(2, Sentence.of(war) + ".");
        page.blank();
        for (Contender contender : war.contenders()) {
            page.line(2, 4, Ink.BOLD, WarWords.contender(contender));
            List<String> wants = WarWords.wants(war, contender);
            String writes = WarWords.writes(contender);
            if (wants.size() == 1) {
                page.line(4, 6, Ink.PLAIN, "wants " + wants.get(0) + (writes.isEmpty() ? "" : "; " + writes));
            } else {
                wants.forEach(want -> page.line(4, 6, Ink.PLAIN, "wants " + want));
                if (!writes.isEmpty()) {
                    page.line(4, writes);
                }
            }
        }
        page.line(2, 4, Ink.PLAIN, "Counted: " + WarWords.counted(war));
        if (worst != null) {
            page.line(2, 4, Ink.PLAIN, "Cost at its worst: " + worst.sentence() + ".");
        }
        writeEvidence(page, war);
        writeRemedy(page, war);
        page.line(2, Ink.FAINT, "War id " + SafeText.name(war.id()));
    }

    private static void writeEvidence(Page page, War war) {
        List<Evidence> writes = WarWords.lastWrites(war);
        if (writes.isEmpty()) {
            return;
        }
        page.line(2, "Last writes (UTC):");
        for (Evidence write : writes) {
            page.line(
                    4,
                    6,
                    Ink.PLAIN,
                    Spans.fine(write.time()) + "  " + Names.account(write.account()) + ", "
                            + WarWords.change(war, write));
            page.line(6, Ink.FAINT, WarWords.proof(write));
        }
    }

    private static void writeRemedy(Page page, War war) {
        Remedy remedy = Remedies.forWar(war);
        page.line(2, 4, Ink.BOLD, "What to do: " + remedy.cause());
        Remedy.Option first = remedy.first();
        page.line(4, 6, Ink.PLAIN, "- " + first.title());
        first.commands().forEach(command -> page.asItIs(8, command));
        if (first.commands().isEmpty()) {
            first.manifest().lines().forEach(line -> page.asItIs(8, line));
        }
        page.line(6, "Effect: " + first.effect());
        page.line(6, "Undo: " + first.undo() + " To agree: " + first.agree());
        remedy.steps().stream().skip(1).forEach(step -> page.line(4, 6, Ink.PLAIN, "- " + step));
        page.line(4, Ink.FAINT, "All of it: docs/runbooks/" + remedy.runbook());
    }

    private static Ink ink(Severity severity) {
        return switch (severity) {
            case CRITICAL -> Ink.RED;
            case WARNING -> Ink.YELLOW;
            case INFO -> Ink.BOLD;
        };
    }
}
