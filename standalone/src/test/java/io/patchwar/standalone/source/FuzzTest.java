package io.patchwar.standalone.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.envelope.Envelope;
import io.patchwar.model.json.JsonScan;
import io.patchwar.watch.WarWatch;
import io.patchwar.watch.WatchConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever is read, nothing is thrown and nothing is lost. {@code make fuzz} reads a million documents; here it is
 * {@code patchwar.fuzz.documents} of them, or a few thousand, from {@code patchwar.fuzz.seed}.
 */
class FuzzTest {
    private static final Path RECORDING = Path.of("..", "recordings", "metallb-chisel.jsonl.gz");
    private static final int DOCUMENTS = Integer.getInteger("patchwar.fuzz.documents", 20_000);
    private static final long SEED = Long.getLong("patchwar.fuzz.seed", 20261123L);
    private static final int ROUND = 1000;

    private static List<byte[]> recorded;

    @BeforeAll
    static void readRecording() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(RECORDING))) {
            recorded = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }
        assertThat(recorded).hasSizeGreaterThan(1000);
    }

    /** Counts, and judges what is accepted. */
    private static final class Judged implements AuditSink {
        private final WarWatch watch = new WarWatch(WatchConfig.DEFAULT, DigestKey.of(new byte[32]));
        private long records;
        private long events;
        private long envelopes;
        private boolean rejectedLast;

        @Override
        public void accepted(AuditEvent event) {
            records++;
            rejectedLast = false;
            events++;
            watch.read();
            watch.accept(event);
        }

        @Override
        public void skipped(SkipReason reason) {
            records++;
            rejectedLast = false;
            watch.read();
        }

        @Override
        public void rejected(RejectReason reason, String detail) {
            records++;
            rejectedLast = true;
            watch.read();
        }

        @Override
        public void wrapped(Envelope envelope) {
            envelopes++;
        }
    }

    @Test
    void readsAndJudgesAnythingAndAccountsForIt() {
        long events = 0;
        for (int round = 0; round * ROUND < DOCUMENTS; round++) {
            Mutations mutations = new Mutations(SEED + round, recorded);
            AuditReader reader = new AuditReader("default", Scope.DEFAULT);
            Judged judged = new Judged();
            for (int i = 0; i < ROUND; i++) {
                readOne(mutations.next(), reader, judged, round);
            }
            try {
                judged.watch.finish();
                assertThat(judged.watch.findings()).isNotNull();
            } catch (Throwable e) {
                throw new AssertionError("at the end of the round from seed " + (SEED + round), e);
            }
            events += judged.events;
        }
        assertThat(events).as("events that came to judgement").isGreaterThan(DOCUMENTS / 8);
    }

    private static void readOne(byte[] document, AuditReader reader, Judged judged, int round) {
        long records = judged.records;
        long envelopes = judged.envelopes;
        byte[] copy = document.clone();
        try {
            reader.read(document, 0, document.length, "fuzz", judged);
            reader.finish(judged);
        } catch (Throwable e) {
            throw new AssertionError(told(copy, round), e);
        }
        assertThat(document).as("the document is left as it was").isEqualTo(copy);
        boolean blank = JsonScan.skipSpace(document, 0, document.length) == document.length;
        long told = judged.records - records;
        if (judged.envelopes == envelopes && told > 1) {
            // An envelope that broke after some of what it holds.
            assertThat(judged.rejectedLast).as(told(copy, round)).isTrue();
        } else if (judged.envelopes == envelopes) {
            assertThat(told).as(told(copy, round)).isEqualTo(blank ? 0 : 1);
        } else {
            assertThat(told).as(told(copy, round)).isLessThanOrEqualTo(document.length);
        }
    }

    private static String told(byte[] document, int round) {
        return "a document of the round from seed " + (SEED + round) + ": "
                + Base64.getEncoder().encodeToString(document);
    }

    @Test
    void framesAnythingAlikeInBuffersOfAnySize() {
        for (int round = 0; round * ROUND < DOCUMENTS; round++) {
            Random random = new Random(SEED + round);
            Mutations mutations = new Mutations(SEED + round, recorded);
            ByteArrayOutputStream log = new ByteArrayOutputStream();
            for (int i = 0; i < 40; i++) {
                log.writeBytes(mutations.next());
                if (random.nextInt(10) > 0) {
                    log.write('\n');
                }
            }
            byte[] bytes = log.toByteArray();
            List<String> whole = framed(bytes, bytes.length + 1);
            assertThat(framed(bytes, 1 + random.nextInt(5000)))
                    .as("a log of 40 documents, from seed %d", SEED + round)
                    .isEqualTo(whole);
        }
    }

    private static List<String> framed(byte[] log, int buffer) {
        Framer framer = new Framer(new ByteArrayInputStream(log), log.length + 1);
        AuditReader reader = new AuditReader("default", Scope.DEFAULT);
        Heard heard = new Heard();
        Chunk chunk;
        while ((chunk = framer.next(new byte[buffer])) != null) {
            Batch.of(chunk, "", reader, SourceOptions.NO_WITNESS).tellRest(heard);
        }
        return heard.records;
    }
}
