package io.patchwar.standalone.source;

import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Makes documents that nobody wrote out of documents that somebody did. The same seed makes the same ones. */
final class Mutations {
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "18446744073709551616",
            "\"\"",
            "\"x\"",
            "{}",
            "[]",
            "[null]",
            "{\"\":null}",
            "\"\\ud800\"",
            "\"\\u0000\\n\\u001b[2J\"",
            "[[[]]]",
            "{\"a\":{\"a\":{\"a\":[]}}}",
            "\"0\"",
            "\"2026-11-23T08:00:00.000001Z\"",
            "\"Status\"",
            "[{\"name\":\"a\"},{\"name\":\"a\"}]",
            "[1,\"1\",1.0]",
            "\"1000m\"",
            "{\"$patch\":\"replace\"}",
            "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/a/b/c\"}]",
            "[{\"op\":\"add\",\"path\":\"/spec/ports/-\",\"value\":{}}]",
            "\"" + "y".repeat(3000) + "\"",
            "[".repeat(500) + "]".repeat(500),
            "{\"a\":".repeat(500) + "1" + "}".repeat(500));

    private static final List<String> PIECES = List.of(
            "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u12", " ", "\t", "\u0000", "é", "{}", "}{", "\"a\":", "null",
            "1");

    private final Random random;
    private final List<byte[]> documents;

    Mutations(long seed, List<byte[]> documents) {
        this.random = new Random(seed);
        this.documents = documents;
    }

    byte[] next() {
        byte[] document = any();
        if (random.nextInt(4) == 0) {
            document = wrapped(document);
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            document = random.nextInt(3) > 0 ? withOtherValue(document) : damaged(document);
        }
        return random.nextInt(8) == 0 ? wrapped(document) : document;
    }

    private byte[] any() {
        return documents.get(random.nextInt(documents.size()));
    }

    /** One value, wherever it stands, is another: still JSON. */
    private byte[] withOtherValue(byte[] b) {
        int colon = random.nextInt(b.length + 1);
        while (colon < b.length && b[colon] != ':') {
            colon++;
        }
        try {
            int end = JsonScan.endOf(b, colon + 1, b.length);
            byte[] value = random.nextInt(4) == 0 ? valueOf(any()) : bytes(VALUES.get(random.nextInt(VALUES.size())));
            return joined(Arrays.copyOf(b, colon + 1), value, Arrays.copyOfRange(b, end, b.length));
        } catch (MalformedJsonException e) {
            return damaged(b);
        }
    }

    /** Some value out of a document. */
    private byte[] valueOf(byte[] b) {
        int colon = random.nextInt(b.length);
        while (colon < b.length - 1 && b[colon] != ':') {
            colon++;
        }
        try {
            return Arrays.copyOfRange(b, colon + 1, JsonScan.endOf(b, colon + 1, b.length));
        } catch (MalformedJsonException e) {
            return bytes("7");
        }
    }

    private byte[] damaged(byte[] b) {
        int at = random.nextInt(b.length + 1);
        int to = at + Math.min(b.length - at, 1 + random.nextInt(40));
        byte[] before = Arrays.copyOf(b, at);
        byte[] after = Arrays.copyOfRange(b, at, b.length);
        return switch (random.nextInt(6)) {
            case 0 -> before;
            case 1 -> joined(before, Arrays.copyOfRange(b, to, b.length), new byte[0]);
            case 2 -> joined(before, Arrays.copyOfRange(b, at, to), after);
            case 3 -> joined(before, bytes(PIECES.get(random.nextInt(PIECES.size()))), after);
            case 4 ->
                joined(
                        before,
                        new byte[] {(byte) random.nextInt(256)},
                        Arrays.copyOfRange(b, Math.min(at + 1, b.length), b.length));
            default -> joined(before, Arrays.copyOfRange(any(), 0, 20), after);
        };
    }

    private byte[] wrapped(byte[] b) {
        String text = new String(b, StandardCharsets.UTF_8);
        String string = quoted(text);
        return switch (random.nextInt(14)) {
            case 0 ->
                bytes("{\"kind\":\"EventList\",\"items\":[" + text + "," + new String(any(), StandardCharsets.UTF_8)
                        + "]}");
            case 1 -> bytes("[" + text + "," + text + "]");
            case 2 ->
                bytes(
                        "{\"messageType\":\"DATA_MESSAGE\",\"logStream\":\"kube-apiserver-audit-1\",\"logEvents\":[{\"message\":"
                                + string + "}]}");
            case 3 -> bytes("{\"awslogs\":{\"data\":\"" + Base64.getEncoder().encodeToString(zipped(b)) + "\"}}");
            case 4 -> zipped(b);
            case 5 ->
                bytes("{\"records\":[{\"category\":\"kube-audit\",\"properties\":{\"log\":" + string
                        + ",\"pod\":\"p\"}}]}");
            case 6 -> bytes("{\"streams\":[{\"stream\":{\"host\":\"h\"},\"values\":[[\"1\"," + string + "]]}]}");
            case 7 ->
                bytes("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":" + string
                        + "}}]}]}]}");
            case 8 -> bytes("{\"@timestamp\":1.5,\"log\":" + string + "}");
            case 9 -> bytes("{\"message\":" + string + ",\"host\":{\"name\":\"h\"}}");
            case 10 -> bytes("{\"kubernetes\":{\"audit\":" + text + "}}");
            case 11 -> bytes("2026-11-23T08:00:00.000000000Z stdout F " + text);
            case 12 -> bytes("node-1 " + text);
            default ->
                bytes(
                        "{\"insertId\":\"i\",\"timestamp\":\"2026-11-23T08:00:00.1Z\",\"protoPayload\":{\"@type\":\"x.AuditLog\","
                                + "\"serviceName\":\"k8s.io\",\"methodName\":\"io.k8s.core.v1.services.update\","
                                + "\"resourceName\":\"core/v1/namespaces/n/services/s\",\"response\":" + text + "}}");
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static byte[] zipped(byte[] b) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(b);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second, byte[] third) {
        byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }
}
