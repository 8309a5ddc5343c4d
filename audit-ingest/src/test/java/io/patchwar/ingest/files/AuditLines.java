package io.patchwar.ingest.files;

import io.patchwar.ingest.pipeline.OutRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Audit events by number, and the numbers out of what became of them. */
final class AuditLines {
    private static final Instant START = Instant.parse("2026-11-24T05:00:00Z");
    private static final Pattern ID = Pattern.compile("\"auditID\":\"line-(\\d+)\"");

    private AuditLines() {}

    /** One write, without a line end. */
    static String line(int number) {
        return line(number, "value " + number);
    }

    static String line(int number, String value) {
        String time = START.plusMillis(number).toString();
        return "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"RequestResponse\",\"auditID\":\"line-"
                + number
                + "\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/namespaces/n/services/s" + number % 7
                + "\",\"verb\":\"update\",\"user\":{\"username\":\"system:serviceaccount:n:a\"},\"userAgent\":\"tool/v1\","
                + "\"objectRef\":{\"resource\":\"services\",\"namespace\":\"n\",\"name\":\"s" + number % 7
                + "\",\"apiVersion\":\"v1\"},\"responseStatus\":{\"code\":200},\"responseObject\":{\"kind\":\"Service\","
                + "\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"s" + number % 7
                + "\",\"namespace\":\"n\",\"uid\":\"u\",\"resourceVersion\":\"" + (1_000 + number)
                + "\",\"annotations\":{\"a\":\"" + value + "\"}}},\"requestReceivedTimestamp\":\"" + time
                + "\",\"stageTimestamp\":\"" + time + "\"}";
    }

    static String lines(int from, int to) {
        StringBuilder out = new StringBuilder();
        for (int i = from; i < to; i++) {
            out.append(line(i)).append('\n');
        }
        return out.toString();
    }

    static int number(String json) {
        Matcher m = ID.matcher(json);
        if (!m.find()) {
            throw new AssertionError("no line of ours: " + json);
        }
        return Integer.parseInt(m.group(1));
    }

    static List<Integer> numbers(List<OutRecord> records) {
        List<Integer> numbers = new ArrayList<>();
        for (OutRecord out : records) {
            if (out.key() != null) {
                numbers.add(number(new String(out.value(), StandardCharsets.UTF_8)));
            }
        }
        return numbers;
    }

    /** What came for the first time, in the order in which it came. */
    static List<Integer> firsts(List<Integer> numbers) {
        return numbers.stream().distinct().toList();
    }
}
