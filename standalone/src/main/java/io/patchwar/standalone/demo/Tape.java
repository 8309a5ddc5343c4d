package io.patchwar.standalone.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A recording: audit events, one JSON object a line, in the order in which the API server wrote them down. Immutable.
 *
 * @param lines as recorded
 */
record Tape(List<Line> lines) {
    private static final Pattern RECEIVED = Pattern.compile("\"requestReceivedTimestamp\":\"([^\"]{1,40})\"");
    private static final int MOST_LINES = 100_000;

    Tape {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("there is nothing on the tape");
        }
    }

    /**
     * One event.
     *
     * @param time when its request was received
     */
    record Line(Instant time, String json) {}

    /**
     * Reads a compressed recording to its end; lines without a time are left out.
     *
     * @throws IOException if it is not readable, or nothing is on it
     */
    static Tape read(InputStream gzip) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(gzip), StandardCharsets.UTF_8))) {
            String json = in.readLine();
            while (json != null && lines.size() < MOST_LINES) {
                Matcher received = RECEIVED.matcher(json);
                if (received.find()) {
                    lines.add(new Line(Instant.parse(received.group(1)), json));
                }
                json = in.readLine();
            }
        } catch (DateTimeException e) {
            throw new IOException("the recording has a time that is none: " + e.getMessage(), e);
        }
        if (lines.isEmpty()) {
            throw new IOException("the recording has no audit event in it");
        }
        return new Tape(lines);
    }

    /** The lines that are about objects of that resource. */
    Tape of(String resource) {
        String word = "\"objectRef\":{\"resource\":\"" + resource + "\"";
        return new Tape(
                lines.stream().filter(line -> line.json().contains(word)).toList());
    }

    /** The lines from the first that came at that time or later. */
    Tape from(Instant time) {
        return new Tape(
                lines.stream().filter(line -> !line.time().isBefore(time)).toList());
    }

    Tape until(Instant time) {
        return new Tape(
                lines.stream().filter(line -> line.time().isBefore(time)).toList());
    }

    Instant start() {
        return lines.get(0).time();
    }

    Instant end() {
        return lines.get(lines.size() - 1).time();
    }
}
