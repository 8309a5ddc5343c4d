package io.patchwar.standalone.source;

import java.time.Instant;

/** Audit log lines, as short as they may be. */
final class Lines {
    static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private Lines() {}

    /** A write, so many milliseconds after {@link #START}. */
    static String write(String auditID, long millis) {
        return write(auditID, millis, "{\"data\":{\"a\":\"" + auditID + "\"}}");
    }

    static String write(String auditID, long millis, String request) {
        String time = START.plusMillis(millis).plusNanos(1000).toString();
        return "{\"kind\":\"Event\",\"auditID\":\"" + auditID + "\",\"stage\":\"ResponseComplete\",\"verb\":\"patch\","
                + "\"user\":{\"username\":\"u\"},\"objectRef\":{\"resource\":\"configmaps\",\"namespace\":\"n\",\"name\":\"c\"},"
                + "\"responseStatus\":{\"code\":200},\"requestObject\":" + request + ","
                + "\"requestReceivedTimestamp\":\"" + time + "\",\"stageTimestamp\":\"" + time + "\"}";
    }

    static String read(long millis) {
        return "{\"kind\":\"Event\",\"auditID\":\"r\",\"stage\":\"ResponseComplete\",\"verb\":\"get\",\"stageTimestamp\":\""
                + START.plusMillis(millis).plusNanos(1000) + "\"}";
    }

    /** The line as a tool would print it for people, over many lines. */
    static String pretty(String line) {
        StringBuilder out = new StringBuilder();
        int depth = 0;
        boolean string = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            string ^= c == '"';
            if (!string && (c == '{' || c == '[')) {
                depth++;
                out.append(c).append('\n').append("  ".repeat(depth));
            } else if (!string && (c == '}' || c == ']')) {
                depth--;
                out.append('\n').append("  ".repeat(depth)).append(c);
            } else if (!string && c == ',') {
                out.append(c).append('\n').append("  ".repeat(depth));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
