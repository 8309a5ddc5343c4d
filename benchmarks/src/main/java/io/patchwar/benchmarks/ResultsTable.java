package io.patchwar.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The results as one markdown table. Not thread-safe. */
final class ResultsTable {
    private final StringBuilder text = new StringBuilder("""
            | log | who | median s (min–max) | MB/s | × first | peak RSS, MiB | first output, s |
            | --- | --- | --- | --- | --- | --- | --- |
            """);

    /** One line per rival; the ratio is of medians, to the first rival's. */
    void add(Race race, Map<Rival, List<Run>> runs) {
        double first = 0;
        for (Map.Entry<Rival, List<Run>> entry : runs.entrySet()) {
            Spread seconds = Spread.of(entry.getValue(), Run::seconds);
            first = first == 0 ? seconds.median() : first;
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.0f | %.2f | %s | %.2f |%n",
                    race.title(),
                    entry.getKey().name(),
                    seconds.text(),
                    race.fileBytes() / 1e6 / seconds.median(),
                    seconds.median() / first,
                    peak(entry.getValue()),
                    Spread.of(entry.getValue(), Run::firstOutputSeconds).median()));
        }
    }

    /** The highest of all runs: a limit is broken when it is broken once. */
    private static String peak(List<Run> runs) {
        OptionalLong peak = runs.stream()
                .filter(run -> run.peakBytes().isPresent())
                .mapToLong(run -> run.peakBytes().getAsLong())
                .max();
        return peak.isPresent() ? Long.toString(peak.getAsLong() >> 20) : "unknown";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
