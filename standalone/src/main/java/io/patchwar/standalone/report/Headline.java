package io.patchwar.standalone.report;

import static io.patchwar.model.words.Spans.number;

/** The first line of a report: how it stands. */
final class Headline {
    private static final String POLICY =
            "Set level: RequestResponse (at least Request) in the audit policy for the resources you care about.";

    private Headline() {}

    static String of(ScanReport report) {
        return switch (report.outcome()) {
            case WARS -> wars(report);
            case BLIND -> blind(report);
            case PEACE -> peace(report);
        };
    }

    private static String wars(ScanReport report) {
        int wars = report.findings().wars().size();
        int causes = report.fronts().size();
        String told = plural(wars, "war", "wars");
        if (causes < wars) {
            told += causes == 1 ? ", all of one cause" : ", of " + number(causes) + " causes";
        }
        return told + findings(report) + ".";
    }

    private static String blind(ScanReport report) {
        String seen = "No wars seen, but nothing that could show one either: ";
        if (report.writes() == 0) {
            return seen + "no write" + scope(report) + " among "
                    + plural(report.input().read(), "record", "records")
                    + ". Either nothing was written, or the audit policy does not record it.";
        }
        return seen + "none of " + plural(report.writes(), "write", "writes") + scope(report)
                + " came with a body (audit level Metadata)" + findings(report) + ". " + POLICY;
    }

    private static String peace(ScanReport report) {
        long bodiless = report.writes() - report.writesWithBodies();
        String among = " in " + plural(report.writes(), "write", "writes") + scope(report);
        if (bodiless * 20 > report.writes()) {
            return "No wars seen" + among + findings(report) + "; but " + share(bodiless, report.writes())
                    + " of them came without a body, and what those did nobody can tell.";
        }
        return "No wars" + among + findings(report) + ".";
    }

    private static String scope(ScanReport report) {
        return report.asked().isEmpty() ? " in scope" : " of what was asked for";
    }

    private static String findings(ScanReport report) {
        int findings = report.findings().findings().size();
        return findings == 0 ? "" : "; " + plural(findings, "finding", "findings");
    }

    static String plural(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    /** {@code 34 %}; never 0 or 100 of what is not none or all. */
    static String share(long part, long whole) {
        if (whole == 0 || part == 0) {
            return "0 %";
        }
        long percent = Math.round(100.0 * part / whole);
        return (part == whole ? 100 : Math.max(1, Math.min(99, percent))) + " %";
    }
}
