package io.patchwar.benchmarks.stream;

import io.patchwar.benchmarks.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * {@code StreamBench DIRECTORY RESULTS [PART...] [OPTION...]}: measures the stream over a broker in the directory, which is emptied
 * first, prints one table and keeps it in the results file. Exit status: 0 all figures are as asked for, 1 some fall short, 2
 * nothing was measured.
 */
public final class StreamBench {
    private StreamBench() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("logback.configurationFile", "io/patchwar/service/logback.xml");
        Path directory = Path.of(arguments[0]);
        Path file = Path.of(arguments[1]);
        StreamOptions options;
        try {
            options = StreamOptions.parse(Arrays.copyOfRange(arguments, 2, arguments.length));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + StreamOptions.HELP);
            System.exit(2);
            return;
        }
        StreamResults results = new StreamResults();
        try (Stage stage = Stage.in(directory)) {
            StreamParts parts = new StreamParts(stage, options, results);
            for (String part : options.parts()) {
                switch (part) {
                    case "throughput" -> parts.throughput();
                    case "latency" -> parts.latency();
                    case "instances" -> parts.instances();
                    case "million" -> parts.million();
                    default -> throw new IllegalArgumentException(part);
                }
            }
        }
        String text = Machine.description() + "\n" + results;
        System.out.print(text);
        Files.writeString(file, text);
        System.exit(results.fallsShort() ? 1 : 0);
    }
}
