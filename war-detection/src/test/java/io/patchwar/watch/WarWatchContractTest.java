package io.patchwar.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.fields.DigestKey;
import io.patchwar.model.Contender;
import io.patchwar.model.War;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.scenario.DetectionContract;
import io.patchwar.scenario.Engine;
import java.util.List;

/** The core in one JVM, from bytes to wars, held to every scenario. */
class WarWatchContractTest extends DetectionContract {

    @Override
    protected Engine engine() {
        return WarWatchContractTest::judge;
    }

    private static JsonNode judge(List<byte[]> lines) {
        WarWatch watch = new WarWatch(WatchConfig.DEFAULT, DigestKey.of(new byte[16]));
        AuditReader reader = new AuditReader("default", Scope.DEFAULT);
        Counts counts = new Counts(watch);
        for (byte[] line : lines) {
            byte[] own = line.clone();
            watch.read();
            reader.read(own, 0, own.length, "audit.log", counts);
        }
        watch.finish();
        return document(watch.findings(), counts);
    }

    private static JsonNode document(Findings findings, Counts counts) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("schema", "patchwar.io/v1");
        var wars = document.putArray("wars");
        findings.wars().forEach(war -> wars.add(tree(war)));
        var found = document.putArray("findings");
        findings.findings().forEach(war -> found.add(tree(war)));
        ObjectNode input = document.putObject("input");
        input.put("read", counts.accepted + counts.skipped + counts.rejected);
        input.put("accepted", counts.accepted);
        input.putObject("skipped").put("all", counts.skipped);
        input.putObject("rejected").put("all", counts.rejected);
        return document;
    }

    private static ObjectNode tree(War war) {
        ObjectNode tree = new ObjectMapper().createObjectNode();
        tree.put("id", war.id()).put("class", war.warClass().word());
        tree.put("confidence", war.confidence().word()).put("state", war.state().word());
        tree.putObject("object")
                .put("resource", war.object().resource())
                .put("namespace", war.object().namespace())
                .put("name", war.object().name());
        war.fields().forEach(tree.putArray("fields")::add);
        var contenders = tree.putArray("contenders");
        for (Contender contender : war.contenders()) {
            ObjectNode one = contenders.addObject();
            one.put("account", contender.account()).put("program", contender.program());
            contender.instances().forEach(one.putArray("instances")::add);
        }
        tree.put("reversals", war.reversals());
        tree.put("startedAt", war.startedAt().toString());
        var evidence = tree.putArray("evidence");
        war.evidence().forEach(each -> evidence.addObject().put("auditID", each.auditID()));
        return tree;
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
