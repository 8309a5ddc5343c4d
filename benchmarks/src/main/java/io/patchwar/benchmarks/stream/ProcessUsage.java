package io.patchwar.benchmarks.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a process has used up to now, as Linux counts it.
 *
 * @param cpuSeconds of all its threads, since it began
 * @param residentBytes now
 * @param peakResidentBytes the most it ever had
 */
record ProcessUsage(double cpuSeconds, long residentBytes, long peakResidentBytes) {
    /** What Linux counts processor time in for every program, whatever the kernel was built with. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    /**
     * Looks at a process.
     *
     * @throws IOException if it has ended, or this is no Linux
     */
    static ProcessUsage of(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        long resident = 0;
        long peak = 0;
        for (String line : Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("VmRSS:")) {
                resident = kibibytes(line);
            } else if (line.startsWith("VmHWM:")) {
                peak = kibibytes(line);
            }
        }
        return new ProcessUsage(cpuSeconds(stat), resident, peak);
    }

    /**
     * Processor time by kind of thread: threads whose names differ in their numbers count together.
     *
     * @throws IOException if it has ended, or this is no Linux
     */
    static Map<String, Double> byThread(long pid) throws IOException {
        Map<String, Double> seconds = new TreeMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path thread : threads.toList()) {
                try {
                    String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                    seconds.merge(name.replaceAll("[#-]?[0-9]+", ""), cpuSeconds(stat), Double::sum);
                } catch (NoSuchFileException e) {
                    // It has ended meanwhile.
                }
            }
        }
        return seconds;
    }

    private static double cpuSeconds(String stat) {
        // The name stands in parentheses and may hold anything; what follows it is numbers.
        String[] numbers = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Double.parseDouble(numbers[USER_TIME]) + Double.parseDouble(numbers[SYSTEM_TIME])) / TICKS_PER_SECOND;
    }

    private static long kibibytes(String line) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
}
