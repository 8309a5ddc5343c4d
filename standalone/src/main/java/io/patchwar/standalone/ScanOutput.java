package io.patchwar.standalone;

import io.patchwar.model.words.SafeText;
import io.patchwar.standalone.report.JsonReport;
import io.patchwar.standalone.report.MarkdownReport;
import io.patchwar.standalone.report.ScanReport;
import io.patchwar.standalone.report.TextReport;
import java.io.PrintWriter;

/**
 * Where a scan's report goes, and in what form; what else there is to say goes beside it.
 *
 * @param width of the terminal in characters
 */
record ScanOutput(PrintWriter out, PrintWriter err, Format format, int width, boolean coloured) {
    private static final int LONGEST_WORD = 4_000;

    /** How a report is written. */
    enum Format {
        TEXT,
        JSON,
        MARKDOWN
    }

    void print(ScanReport report) {
        switch (format) {
            case TEXT -> out.print(TextReport.render(report, width, coloured));
            case JSON -> JsonReport.write(report, out);
            case MARKDOWN -> out.print(MarkdownReport.render(report));
        }
        out.flush();
    }

    /** A line on standard error. */
    void say(String message) {
        err.println("patchwar: " + SafeText.of(message, LONGEST_WORD));
    }
}
