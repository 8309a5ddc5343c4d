package io.patchwar.benchmarks.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured, and how.
 *
 * @param parts of {@link #PARTS}, in the order in which they run
 * @param seconds that a part measures, after it has warmed up
 * @param warmUp seconds
 * @param rate events a second of the part {@code latency}; 0 for as many as are judged
 * @param wars fought at once
 * @param objects of the part {@code million}
 * @param partitions of the topics
 * @param threads of a processor
 * @param heap of a processor, as {@code -Xmx} takes it
 * @param delivery as in the processor's configuration
 * @param commitInterval as in the processor's configuration
 * @param progress as in the processor's configuration, in the cluster's time, which runs faster than ours
 * @param properties of Kafka Streams, {@code key=value} and commas between them
 * @param java options of a processor's JVM
 * @param profile whether processors record what they do, for {@code jfr print}
 */
record StreamOptions(
        List<String> parts,
        int seconds,
        int warmUp,
        int rate,
        int wars,
        int objects,
        int partitions,
        int threads,
        String heap,
        String delivery,
        String commitInterval,
        String progress,
        String properties,
        List<String> java,
        boolean profile) {
    static final List<String> PARTS = List.of("throughput", "latency", "instances", "million");

    static final String HELP = """
            Usage: benchmarks/stream [PART...] [OPTION VALUE...] [--profile]

            Measures the stream processor beside a broker and a producer on this machine, and prints one table.

            PART: throughput   as many events as are judged, with a lag that stays flat
                  latency      from an event on its way to Kafka to its war read from Kafka, at a fixed rate
                  instances    processor time for an event, one instance against three
                  million      a million tracked objects: memory, and restarts with state and without
            all of them if none is named

              --seconds N            that each part measures (default 300; million takes as long as it takes)
              --warm-up N            seconds before that (default 30)
              --rate N               events a second of the part latency (default 5000), of throughput (default 0: all that are judged)
              --wars N               fought at once, 1 to 60 (default 20)
              --objects N            of the part million (default 1000000)
              --partitions N         of the topics (default 4)
              --threads N            of a processor (default 2)
              --heap SIZE            of a processor (default 1g)
              --delivery WORD        at-least-once or exactly-once (default: the processor's)
              --commit-interval D    of the processor (default: the processor's)
              --progress D           least time between two updates of a war, in the cluster's time (default 30s)
              --properties K=V,K=V   of the processor's Kafka Streams
              --java OPTIONS         of a processor's JVM (default -XX:+UseG1GC)
              --profile              record what processors do, in benchmarks/target/stream
            """;

    StreamOptions {
        parts = List.copyOf(parts);
        java = List.copyOf(java);
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException says what is wrong with it
     */
    static StreamOptions parse(String... arguments) {
        List<String> parts = new ArrayList<>();
        Map<String, String> given = new LinkedHashMap<>();
        boolean profile = false;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--profile")) {
                profile = true;
            } else if (argument.startsWith("--")) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(argument + " needs a value");
                }
                given.put(argument, arguments[++i]);
            } else if (PARTS.contains(argument)) {
                parts.add(argument);
            } else {
                throw new IllegalArgumentException("no part " + argument + "; there are " + PARTS);
            }
        }
        StreamOptions options = new StreamOptions(
                parts.isEmpty() ? PARTS : parts,
                number(given, "--seconds", 300, 3, 86_400),
                number(given, "--warm-up", 30, 1, 3_600),
                number(given, "--rate", -1, 0, 10_000_000),
                number(given, "--wars", 20, 1, 60),
                number(given, "--objects", 1_000_000, 1_000, 100_000_000),
                number(given, "--partitions", 4, 1, 1_000),
                number(given, "--threads", 2, 1, 64),
                text(given, "--heap", "1g"),
                text(given, "--delivery", ""),
                text(given, "--commit-interval", ""),
                text(given, "--progress", "30s"),
                text(given, "--properties", ""),
                List.of(text(given, "--java", "-XX:+UseG1GC").split(" +")),
                profile);
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("no option " + String.join(", ", given.keySet()));
        }
        return options;
    }

    /** The rate that was asked for, or another if none was. */
    int rateOr(int otherwise) {
        return rate < 0 ? otherwise : rate;
    }

    private static String text(Map<String, String> given, String name, String otherwise) {
        String value = given.remove(name);
        return value == null ? otherwise : value;
    }

    private static int number(Map<String, String> given, String name, int otherwise, int least, int most) {
        String value = given.remove(name);
        if (value == null) {
            return otherwise;
        }
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, not " + value, e);
        }
        if (number < least || number > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + number);
        }
        return number;
    }
}
