package io.patchwar.benchmarks.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
        // The name stands in parentheses and may hold anything; what follows it is numbers.
        String[] numbers = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double ticks = Double.parseDouble(numbers[USER_TIME]) + Double.parseDouble(numbers[SYSTEM_TIME]);
        long resident = 0;
        long peak = 0;
        for (String line : Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("VmRSS:")) {
                resident = kibibytes(line);
            } else if (line.startsWith("VmHWM:")) {
                peak = kibibytes(line);
            }
        }
        return new ProcessUsage(ticks / TICKS_PER_SECOND, resident, peak);
    }

    private static long kibibytes(String line) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
}
