package io.patchwar.standalone;

import io.patchwar.model.words.SafeText;
import io.patchwar.standalone.report.InputAccount;
import io.patchwar.standalone.report.ScanReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a scan.
 *
 * @param broken why not all could be read, null if all was
 */
record ScanOutcome(ScanReport report, @Nullable String broken) {
    /** The exit status of whatever could not do what was asked. */
    static final int FAILED = 2;

    /**
     * Tells it, and answers with the exit status.
     *
     * @param resources that were asked for
     */
    int tell(ScanOutput output, List<String> resources) {
        InputAccount input = report.input();
        if (input.auditEvents() == 0) {
            output.say(broken != null ? broken : "no audit event in the input");
            if (broken == null) {
                output.say(read(input));
            }
            return FAILED;
        }
        output.print(report);
        if (broken != null) {
            output.say("the report is of what could be read, and no more");
            output.say(broken);
            return FAILED;
        }
        hint(output, resources);
        return report.outcome().exitStatus();
    }

    private static String read(InputAccount input) {
        if (input.read() == 0) {
            return "it is empty; give the file that --audit-log-path names, or a shipper's copy of it";
        }
        StringBuilder why = new StringBuilder("none of ").append(input.read()).append(" records is one:");
        input.rejected()
                .forEach((reason, n) -> why.append(' ')
                        .append(n)
                        .append(' ')
                        .append(reason.word())
                        .append(" (")
                        .append(reason.explanation())
                        .append(')'));
        input.skipped()
                .forEach((reason, n) -> why.append(' ').append(n).append(' ').append(reason.word()));
        return why.toString();
    }

    /** A resource that is spelled as nobody writes it finds nothing, and that would look like peace. */
    private void hint(ScanOutput output, List<String> resources) {
        for (String resource : resources) {
            boolean written = report.seen().values().stream()
                    .flatMap(sights -> sights.keySet().stream())
                    .anyMatch(name -> name.equals(resource) || name.startsWith(resource + "."));
            if (!written) {
                output.say("no write of any " + SafeText.name(resource)
                        + " in the input; resources are plural and lower case: services, deployments.apps");
            }
        }
    }
}
