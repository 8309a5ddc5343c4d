package io.patchwar.scenario;

import io.patchwar.scenario.cluster.AuditLevel;
import java.io.PrintStream;
import java.util.List;

/**
 * Prints a scenario's audit log, so that anyone can scan it by hand; without arguments, what there is to print.
 * {@code ScenarioShow ID [VARIANT] [LEVEL]}: the first run that fits.
 */
public final class ScenarioShow {

    private ScenarioShow() {}

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        if (arguments.length == 0) {
            Scenarios.all()
                    .forEach(scenario -> scenario.runs()
                            .forEach(run -> out.println(scenario.id()
                                    + (run.variant() == null
                                            ? ""
                                            : " " + run.variant().text()) + " "
                                    + run.level().text() + "\t" + run.title())));
            return;
        }
        List<String> wanted = List.of(arguments).subList(1, arguments.length);
        Scenario.Run run = Scenarios.named(arguments[0]).runs().stream()
                .filter(each -> fits(each, wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not played so: " + wanted));
        for (byte[] line : ScenarioPlay.log(run)) {
            out.write(line, 0, line.length);
            out.println();
        }
        out.flush();
    }

    private static boolean fits(Scenario.Run run, List<String> wanted) {
        boolean levelNamed =
                wanted.stream().anyMatch(word -> word.equals(run.level().text()));
        boolean full = run.level() == AuditLevel.REQUEST_RESPONSE;
        return (levelNamed || full)
                && wanted.stream()
                        .allMatch(word -> word.equals(run.level().text())
                                || (run.variant() != null
                                        && word.equals(run.variant().text())));
    }
}
