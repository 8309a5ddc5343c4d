package io.patchwar.ingest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.patchwar.fields.DigestKey;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.Batch;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.ingest.pipeline.IngestScope;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.ingest.pipeline.Pipeline;
import io.patchwar.ingest.redact.Redaction;
import io.patchwar.model.War;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.wire.ObjectKey;
import io.patchwar.model.wire.TopicName;
import io.patchwar.model.wire.WarJson;
import io.patchwar.scenario.Engine;
import io.patchwar.scenario.FoughtWars;
import io.patchwar.watch.Findings;
import io.patchwar.watch.WarWatch;
import io.patchwar.watch.WatchConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What the core makes of the records that ingest writes: as an engine, ingest and core together. */
public final class IngestedWatch implements Engine {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public JsonNode judge(List<byte[]> documents) {
        CollectedRecords out = new CollectedRecords();
        // Scenarios play whenever they like: the wall clock is far ahead of them all.
        Pipeline pipeline = out.pipeline(
                IngestScope.DEFAULT,
                Redaction.under(CollectedRecords.KEY),
                InstantSource.fixed(Instant.parse("2100-01-01T00:00:00Z")));
        try (Batch batch = pipeline.begin(Origin.kept("default", "audit.log", true))) {
            for (byte[] document : documents) {
                byte[] own = document.clone();
                batch.feed(own, 0, own.length, 0);
            }
            batch.commit().join();
        }
        ObjectNode said = said(watch(out.records));
        ObjectNode input = said.putObject("input");
        double accepted = out.count(IngestMetrics.EVENTS, "outcome", "accepted");
        double skipped = out.count(IngestMetrics.SKIPPED);
        double rejected = out.count(IngestMetrics.REJECTED);
        input.put("read", (long) (accepted + skipped + rejected));
        input.put("accepted", (long) accepted);
        input.putObject("skipped").put("all", (long) skipped);
        input.putObject("rejected").put("all", (long) rejected);
        return said;
    }

    private static ObjectNode said(Findings findings) {
        ObjectNode said = JSON.createObjectNode();
        said.put("schema", WarJson.SCHEMA);
        findings.wars().forEach(war -> said.withArray("wars").add(tree(war)));
        findings.findings().forEach(war -> said.withArray("findings").add(tree(war)));
        said.withArray("wars");
        said.withArray("findings");
        return said;
    }

    /** What the core makes of documents that did not go through ingest. */
    static JsonNode direct(List<byte[]> documents) {
        return said(FoughtWars.findings(documents));
    }

    /** The wars in produced records, as a consumer finds them. */
    public static Findings watch(List<OutRecord> records) {
        WarWatch watch = new WarWatch(WatchConfig.shipped(), DigestKey.of(new byte[16]));
        for (OutRecord record : records) {
            if (record.topic() != TopicName.AUDIT_EVENTS) {
                continue;
            }
            watch.read();
            byte[] value = record.value().clone();
            int[] events = {0};
            new AuditReader(record.cluster(), Scope.DEFAULT)
                    .read(value, 0, value.length, record.source(), new AuditSink() {
                        @Override
                        public void accepted(AuditEvent event) {
                            events[0]++;
                            byte[] key = record.key();
                            if (key == null || !event.object().equals(ObjectKey.parse(key))) {
                                throw new AssertionError("the key is not that of " + event.object());
                            }
                            watch.accept(event);
                        }

                        @Override
                        public void skipped(SkipReason reason) {
                            throw new AssertionError("a record that is skipped: " + reason);
                        }

                        @Override
                        public void rejected(RejectReason reason, String detail) {
                            throw new AssertionError("a record that cannot be read: " + reason);
                        }
                    });
            if (events[0] != 1) {
                throw new AssertionError("a record with " + events[0] + " events");
            }
        }
        watch.finish();
        return watch.findings();
    }

    static JsonNode tree(War war) {
        try (TokenBuffer buffer = new TokenBuffer(JSON, false)) {
            JsonGenerator json = buffer;
            WarJson.write(war, json);
            return JSON.readTree(buffer.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
