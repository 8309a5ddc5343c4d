package io.patchwar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code Contest LAUNCHER SMALL LARGE WRITES ROUNDS RESULTS}: scan against DuckDB over the small and the large log, and
 * against Jackson over the writes; prints one table and keeps it in the results file. Ends with status 1 when answers
 * differ. A launcher that is not there is left out, and the rivals race alone.
 */
public final class Contest {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Path launcher;
    private final int rounds;
    private final ResultsTable table = new ResultsTable();
    private final List<String> remarks = new ArrayList<>();
    private boolean differ;

    private Contest(Path launcher, int rounds) {
        this.launcher = launcher;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        if (arguments.length != 6) {
            System.err.println("usage: Contest LAUNCHER SMALL LARGE WRITES ROUNDS RESULTS");
            System.exit(2);
        }
        Contest contest = new Contest(Path.of(arguments[0]), Integer.parseInt(arguments[4]));
        contest.againstDuckDb(Path.of(arguments[1]));
        contest.againstDuckDb(Path.of(arguments[2]));
        contest.againstJackson(Path.of(arguments[3]));
        String results =
                Machine.description() + "\n" + contest.table + "\n" + String.join("\n", contest.remarks) + "\n";
        System.out.print(results);
        Files.writeString(Path.of(arguments[5]), results);
        System.exit(contest.differ ? 1 : 0);
    }

    private void againstDuckDb(Path file) throws IOException, InterruptedException {
        Rival duckDb = java("DuckDB, one field", DuckDbReturns.class, List.of(), file.toString());
        Race race = race("all events", file, duckDb);
        Map<Rival, List<Run>> runs = race.run(TIMEOUT);
        table.add(race, runs);
        var answered = Answers.ofDuckDb(last(runs, duckDb).output());
        for (Rival rival : race.rivals()) {
            if (!rival.equals(duckDb)) {
                var said = Answers.ofScan(last(runs, rival).output());
                differ |= !said.equals(answered);
                remarks.add(race.title() + ": "
                        + (said.equals(answered)
                                ? "scan and DuckDB give the same answer, " + answered
                                : "ANSWERS DIFFER: scan says " + said + ", DuckDB " + answered));
            }
        }
    }

    private void againstJackson(Path file) throws IOException, InterruptedException {
        // A heap like the launcher's; what is read is thrown away, and more would change nothing.
        List<String> heap = List.of("-Xmx384m");
        Race race = race(
                "writes only",
                file,
                java("Jackson, every token", JacksonSkim.class, heap, file.toString(), "2"),
                java("Jackson, one thread", JacksonSkim.class, heap, file.toString(), "1"));
        table.add(race, race.run(TIMEOUT));
    }

    private Race race(String kind, Path file, Rival... others) throws IOException {
        long bytes = Files.size(file);
        List<Rival> rivals = new ArrayList<>(List.of(others));
        if (Files.isExecutable(launcher)) {
            List<String> scan = List.of(launcher.toString(), "scan", "--format", "json", file.toString());
            rivals.add(new Rival("scan, every field", scan, Set.of(0, 1)));
        } else if (remarks.isEmpty()) {
            remarks.add("`patchwar scan` does not read the small log in this checkout: the rivals raced alone.");
        }
        return new Race(bytes / 1_000_000 + " MB, " + kind, bytes, rivals, 1, rounds);
    }

    private static Run last(Map<Rival, List<Run>> runs, Rival rival) {
        List<Run> all = runs.getOrDefault(rival, List.of());
        return all.get(all.size() - 1);
    }

    private static Rival java(String name, Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new Rival(name, command, Set.of(0));
    }
}
