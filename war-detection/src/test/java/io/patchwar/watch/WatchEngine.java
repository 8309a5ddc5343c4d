package io.patchwar.watch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.patchwar.fields.DigestKey;
import io.patchwar.model.War;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.wire.WarJson;
import io.patchwar.scenario.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The core in one JVM, from bytes to wars, as an engine of the detection contract.
 *
 * @param heldEvents how much of the input a write is held for; none at all: for the grace alone, as live
 */
record WatchEngine(int heldEvents) implements Engine {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public JsonNode judge(List<byte[]> auditLines) {
        WatchConfig shipped = WatchConfig.shipped();
        WatchConfig config = new WatchConfig(
                shipped.rules(),
                shipped.grace(),
                heldEvents,
                shipped.mostHeldBytes(),
                shipped.mostObjects(),
                shipped.mostBytes(),
                shipped.mostWars(),
                false,
                shipped.pressure());
        WarWatch watch = new WarWatch(config, DigestKey.of(new byte[16]));
        AuditReader reader = new AuditReader("default", Scope.DEFAULT);
        Counts counts = new Counts(watch);
        for (byte[] line : auditLines) {
            // The reader may write into its buffer, and a line may come twice.
            byte[] own = line.clone();
            watch.read();
            reader.read(own, 0, own.length, "audit.log", counts);
        }
        watch.finish();
        return document(watch.findings(), counts);
    }

    /** As much of the scan document as the core has to do with; wars in the words of the contract. */
    private static JsonNode document(Findings findings, Counts counts) {
        ObjectNode document = JSON.createObjectNode();
        document.put("schema", WarJson.SCHEMA);
        ArrayNode wars = document.putArray("wars");
        findings.wars().forEach(war -> wars.add(tree(war)));
        ArrayNode found = document.putArray("findings");
        findings.findings().forEach(war -> found.add(tree(war)));
        ArrayNode conflicts = document.putArray("conflicts");
        findings.conflicts().forEach(conflict -> {
            ObjectNode said = conflicts.addObject().put("id", conflict.id());
            conflict.fields().forEach(said.putArray("fields")::add);
            conflict.wars().forEach(said.putArray("wars")::add);
        });
        ObjectNode input = document.putObject("input");
        input.put("read", counts.accepted + counts.skipped + counts.rejected);
        input.put("accepted", counts.accepted);
        input.putObject("skipped").put("all", counts.skipped);
        input.putObject("rejected").put("all", counts.rejected);
        return document;
    }

    private static JsonNode tree(War war) {
        try (TokenBuffer buffer = new TokenBuffer(JSON, false)) {
            JsonGenerator json = buffer;
            WarJson.write(war, json);
            return JSON.readTree(buffer.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Counts implements AuditSink {
        private final WarWatch watch;
        private long accepted;
        private long skipped;
        private long rejected;

        Counts(WarWatch watch) {
            this.watch = watch;
        }

        @Override
        public void accepted(AuditEvent event) {
            accepted++;
            watch.accept(event);
        }

        @Override
        public void skipped(SkipReason reason) {
            skipped++;
        }

        @Override
        public void rejected(RejectReason reason, String detail) {
            rejected++;
        }
    }
}
