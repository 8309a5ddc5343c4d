package io.patchwar.standalone.recordings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The lines of a recording, and what may happen to them on their way to somebody's disk. */
record Recording(String name, List<List<String>> files) {
    private static final Path FOLDER = Path.of("..", "recordings");
    private static final Pattern STAMP =
            Pattern.compile("(\"(?:requestReceivedTimestamp|stageTimestamp)\":\")([^\"]+)(\")");
    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    static final List<String> NAMES = List.of(
            "metallb-chisel",
            "metallb-chisel-request",
            "metallb-chisel-metadata",
            "metallb-chisel-remedied",
            "scenarios",
            "two-servers",
            "peace",
            "webhook-bodies",
            "quarrels",
            "quarrels-request",
            "control-plane",
            "town",
            "charts",
            "charts-request",
            "chart-fights",
            "slow",
            "autoscaler",
            "one-side-unseen");

    static Recording of(String name) throws IOException {
        List<List<String>> files = new ArrayList<>();
        for (String file : name.equals("two-servers") ? List.of(name + "-a", name + "-b") : List.of(name)) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file + ".jsonl.gz")))) {
                files.add(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
            }
        }
        return new Recording(name, files);
    }

    static Truth truth(String name) throws IOException {
        return Truth.of(FOLDER.resolve(name + ".truth.json"));
    }

    /** Shuffled within stretches of 200 lines, a third of them doubled. */
    Recording shuffledAndDoubled(Random random) {
        return each(lines -> {
            List<String> shuffled = new ArrayList<>();
            for (int from = 0; from < lines.size(); from += 200) {
                List<String> stretch = new ArrayList<>();
                for (String line : lines.subList(from, Math.min(lines.size(), from + 200))) {
                    stretch.add(line);
                    if (random.nextInt(3) == 0) {
                        stretch.add(line);
                    }
                }
                Collections.shuffle(stretch, random);
                shuffled.addAll(stretch);
            }
            return shuffled;
        });
    }

    /** Every event twice, one right behind the other. */
    Recording doubled() {
        return each(lines ->
                lines.stream().flatMap(line -> List.of(line, line).stream()).toList());
    }

    /** As if everything had happened so many times slower. */
    Recording slowed(int factor) {
        Instant start = stamp(files.get(0).get(0));
        return eachLine(time -> start.plus(Duration.between(start, time).multipliedBy(factor)));
    }

    /** Dealt out to so many files, whose clocks are up to so many milliseconds apart. */
    Recording splitWithSkewedClocks(int parts, int milliseconds, Random random) {
        List<List<String>> dealt = new ArrayList<>();
        List<Duration> skews = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            dealt.add(new ArrayList<>());
            skews.add(Duration.ofMillis(random.nextInt(milliseconds)));
        }
        List<String> all = new ArrayList<>();
        files.forEach(all::addAll);
        // Each server writes its log as time goes on, so the lines of several are put in order before they are dealt.
        if (files.size() > 1) {
            all.sort(Comparator.comparing(Recording::stamp));
        }
        for (String line : all) {
            int part = random.nextInt(parts);
            dealt.get(part).add(restamped(line, time -> time.plus(skews.get(part))));
        }
        return new Recording(name, dealt);
    }

    /** The single file cut in two, {@code tenths} tenths from its beginning. */
    Recording cut(int tenths) {
        List<List<String>> halves = new ArrayList<>();
        for (List<String> file : files) {
            int at = file.size() * tenths / 11;
            halves.add(file.subList(0, at));
            halves.add(file.subList(at, file.size()));
        }
        return new Recording(name, halves);
    }

    private Recording each(UnaryOperator<List<String>> change) {
        return new Recording(name, files.stream().map(change).toList());
    }

    private Recording eachLine(UnaryOperator<Instant> clock) {
        return each(lines -> lines.stream().map(line -> restamped(line, clock)).toList());
    }

    private static String restamped(String line, UnaryOperator<Instant> clock) {
        return STAMP.matcher(line)
                .replaceAll(m -> Matcher.quoteReplacement(
                        m.group(1) + MICROS.format(clock.apply(Instant.parse(m.group(2)))) + m.group(3)));
    }

    private static Instant stamp(String line) {
        Instant last = Instant.MIN;
        Matcher m = STAMP.matcher(line);
        while (m.find()) {
            last = Instant.parse(m.group(2));
        }
        return last;
    }

    /** Writes the files where scan can read them, in an order that says nothing about their content. */
    List<String> writeTo(Path folder) throws IOException {
        List<String> paths = new ArrayList<>();
        for (int i = files.size() - 1; i >= 0; i--) {
            Path path = folder.resolve("audit-" + i + ".log");
            Files.write(path, files.get(i));
            paths.add(path.toString());
        }
        return paths;
    }
}
