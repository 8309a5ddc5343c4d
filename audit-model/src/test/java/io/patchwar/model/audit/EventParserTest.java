package io.patchwar.model.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shortcuts of the reader change nothing: of any document it says what a reader without them says. */
class EventParserTest {
    private static final Path RECORDING = Path.of("..", "recordings", "metallb-chisel.jsonl.gz");
    private static final int DOCUMENTS = Integer.getInteger("patchwar.fuzz.documents", 60_000);
    private static final long SEED = Long.getLong("patchwar.fuzz.seed", 20261124L);

    /** What turns up in audit logs, in places where it belongs and where it does not. */
    private static final String[] SCRAPS = {
        "\"",
        "\\",
        "\\\"",
        ",",
        ":",
        "{",
        "}",
        "[",
        "]",
        " ",
        "\n",
        "null",
        "7",
        ",\"",
        "\":",
        "\",\"",
        "\u00e9",
        "}{",
        "\"stage\":\"Panic\",",
        "\"stage\":\"RequestReceived\",",
        "\"verb\":\"get\",",
        "\"verb\":\"p\\u0061tch\",",
        "\"user\":{\"username\":\"mallory\"},",
        "\"impersonatedUser\":{\"username\":\"bob\"},",
        "\"objectRef\":{\"resource\":\"leases\"},",
        "\"objectRef\":{\"subresource\":\"exec\"},",
        "\"requestObject\":\"cut\",",
        "\"responseObject\":{\"kind\":\"Status\",\"metadata\":{}},",
        "\"responseStatus\":{\"code\":409,\"reason\":\"Conflict\"},",
        "\"metadata\":{\"uid\":\"u\"},",
        "\"name\":\"\",",
        "\"items\":[",
        "\"timestamp\":\"2026-11-23T08:44:50Z\",",
        "\"annotations\":{\"audit.k8s.io/truncated\":\"true\"},",
        "\"annotations\":{\"audit.k8s.io/truncated\":\"false\"},"
    };

    private static final String SERVICE =
            "{\"kind\":\"Service\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"web-3\",\"uid\":\"6853dc1d-38d0\","
                    + "\"resourceVersion\":\"184241828\",\"generation\":7},\"spec\":{\"ports\":[80,8080],\"a1\":\"\\u00317\"}}";

    private static final String STATUS =
            "{\"kind\":\"\\u0053tatus\",\"metadata\":{\"uid\":\"10\",\"1\":\"2\"},\"n\":10}";

    private static List<byte[]> lines;

    @BeforeAll
    static void readLines() throws IOException {
        lines = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(RECORDING))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> lines.add(line.getBytes(StandardCharsets.UTF_8)));
        }
        for (int i = 0; i < 100; i++) {
            lines.add(new Line().toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(lines).hasSizeGreaterThan(1_000);
    }

    /** Both readers, which remember what they read before, and what they said last. */
    private static final class Pair {
        private final EventHead quickHead = new EventHead(Scope.DEFAULT);
        private final EventParser quick = new EventParser(quickHead, Scope.DEFAULT);
        private final EventHead plainHead = new EventHead(Scope.DEFAULT);
        private final PlainEventParser plain = new PlainEventParser(plainHead);
        private int events;

        void agreeOn(byte[] b, int from, int to) {
            Records ofQuick = new Records();
            Records ofPlain = new Records();
            quickHead.clear();
            plainHead.clear();
            String quickly = said(() -> quick.read(b, from, to), quickHead, ofQuick);
            String plainly = said(() -> plain.read(b, from, to), plainHead, ofPlain);
            String document = new String(b, from, to - from, StandardCharsets.UTF_8);
            assertThat(quickly).as(document).isEqualTo(plainly);
            assertThat(ofQuick.records).as(document).isEqualTo(ofPlain.records);
            assertThat(ofQuick.events).as(document).isEqualTo(ofPlain.events);
            events += ofQuick.events.size();
            for (AuditEvent event : ofQuick.events) {
                walksAlike(event.request(), document);
                walksAlike(event.response(), document);
            }
        }

        /** Where the members stand that the reader walked over is where they are found without it. */
        private static void walksAlike(@Nullable Slice body, String document) {
            if (body != null) {
                assertThat(members(body)).as(document).isEqualTo(members(Slice.of(body.copy())));
            }
        }

        private static List<String> members(Slice body) {
            List<String> members = new ArrayList<>();
            Members m = new Members(body);
            try {
                while (m.next()) {
                    members.add(m.value().raw());
                }
            } catch (MalformedJsonException e) {
                members.add("malformed");
            }
            return members;
        }

        private interface Reading {
            @Nullable
            SkipReason read();
        }

        private static String said(Reading reading, EventHead head, Records records) {
            try {
                SkipReason skipped = reading.read();
                if (skipped != null) {
                    return skipped.word();
                }
                if (head.isEvent) {
                    head.finish("c1", "", records);
                }
                return "read: " + head.isEvent + " " + head.verb + " " + head.stage + " " + head.time;
            } catch (MalformedJsonException e) {
                return "malformed, cut off: " + e.cutOff();
            }
        }
    }

    @Test
    void saysWhatAReaderWithoutShortcutsSays() {
        Pair pair = new Pair();
        for (byte[] line : lines) {
            pair.agreeOn(line, 0, line.length);
        }
        assertThat(pair.events).isGreaterThan(500);
    }

    @Test
    void saysTheSameOfDamagedDocumentsToo() {
        Random random = new Random(SEED);
        Pair pair = new Pair();
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] document = lines.get(random.nextInt(lines.size())).clone();
            for (int n = random.nextInt(4); n >= 0 && document.length > 1; n--) {
                document = damaged(document, random);
            }
            try {
                pair.agreeOn(document, 0, document.length);
            } catch (Throwable e) {
                throw new AssertionError("document " + i + " from seed " + SEED, e);
            }
        }
        assertThat(pair.events)
                .as("events among the damaged, from seed " + SEED)
                .isGreaterThan(DOCUMENTS / 20);
    }

    @Test
    void readsTheReplyThatIsLikeItsRequestAsItReadsAnyOther() {
        Random random = new Random(SEED);
        Pair pair = new Pair();
        for (int i = 0; i < DOCUMENTS; i++) {
            String asked = random.nextBoolean() ? SERVICE : STATUS;
            String stored = asked;
            for (int n = random.nextInt(3); n >= 0; n--) {
                stored = otherwise(stored, random);
            }
            String line = new Line()
                    .with("verb", random.nextInt(20) == 0 ? "\"patch\"" : "\"update\"")
                    .with("requestObject", random.nextInt(20) == 0 ? otherwise(asked, random) : asked)
                    .with("responseObject", stored)
                    .toString();
            byte[] document = line.getBytes(StandardCharsets.UTF_8);
            try {
                pair.agreeOn(document, 0, document.length);
            } catch (Throwable e) {
                throw new AssertionError("document " + i + " from seed " + SEED, e);
            }
        }
        assertThat(pair.events).as("events, from seed " + SEED).isGreaterThan(DOCUMENTS / 4);
    }

    /** The body with another character somewhere, mostly a digit in a digit's place. */
    private static String otherwise(String body, Random random) {
        int at = random.nextInt(body.length());
        while (random.nextInt(8) > 0 && !Character.isDigit(body.charAt(at))) {
            at = random.nextInt(body.length());
        }
        boolean digit = Character.isDigit(body.charAt(at)) && random.nextInt(8) > 0;
        String put = digit ? "" + random.nextInt(10) : SCRAPS[random.nextInt(SCRAPS.length)];
        return body.substring(0, at) + put + body.substring(at + 1);
    }

    private static byte[] damaged(byte[] b, Random random) {
        int at = 1 + random.nextInt(b.length - 1);
        int end = Math.min(b.length, at + 1 + random.nextInt(40));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(b, at);
            case 1 -> joined(b, at, new byte[0], end);
            case 2 -> joined(b, end, Arrays.copyOfRange(b, at, end), end);
            case 3 -> joined(b, at, scrap(random), at + 1);
            case 4 -> {
                // Between two members of any object.
                int comma = at;
                while (comma < b.length - 1 && !(b[comma - 1] == ',' && b[comma] == '"')) {
                    comma++;
                }
                yield joined(b, comma, scrap(random), comma);
            }
            default -> joined(b, at, scrap(random), at);
        };
    }

    private static byte[] scrap(Random random) {
        return SCRAPS[random.nextInt(SCRAPS.length)].getBytes(StandardCharsets.UTF_8);
    }

    /** {@code b[0, at)}, what is put in, and the rest from {@code on} on. */
    private static byte[] joined(byte[] b, int at, byte[] put, int on) {
        byte[] joined = Arrays.copyOf(b, at + put.length + b.length - on);
        System.arraycopy(put, 0, joined, at, put.length);
        System.arraycopy(b, on, joined, at + put.length, b.length - on);
        return joined;
    }
}
