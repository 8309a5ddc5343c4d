package io.patchwar.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.detection.DetectionRules;
import io.patchwar.detection.IgnoreRule;
import io.patchwar.fields.DigestKey;
import io.patchwar.model.Contender;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.scenario.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The core in one JVM, from bytes to wars, as an engine of the detection contract.
 *
 * @param heldEvents how much of the input a write is held for; none at all: for the grace alone, as live
 */
record WatchEngine(int heldEvents) implements Engine {

    private static final Set<WarClass> OVER_FIELDS = Set.of(
            WarClass.RECREATE, WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN, WarClass.CONTENTION, WarClass.FLIP_FLOP);

    /**
     * The protocols of {@code detection.md} section 4 that cannot be told from a war by shape. They stand here only until
     * the shipped list can be read in their place.
     */
    private static final List<IgnoreRule> PROTOCOLS = List.of(
            protocol(
                    "leader election",
                    List.of(),
                    List.of(
                            "metadata.annotations[control-plane.alpha.kubernetes.io/leader]",
                            "metadata.annotations.leader",
                            "metadata.annotations.acquireTime"),
                    List.of(),
                    true),
            protocol(
                    "node health",
                    List.of("nodes", "pods"),
                    List.of("status.conditions*"),
                    List.of("system:node:*", "*:node-controller"),
                    true),
            protocol("node health", List.of("nodes"), List.of("spec.taints[key=node.kubernetes.io/*"), List.of(), true),
            protocol(
                    "scaling to zero",
                    List.of("deployments.apps", "statefulsets.apps"),
                    List.of("spec.replicas"),
                    List.of("*:keda-operator", "*:horizontal-pod-autoscaler"),
                    true),
            protocol("quota usage", List.of("resourcequotas"), List.of("status.used*"), List.of(), true),
            protocol(
                    "volume scheduling",
                    List.of("persistentvolumeclaims"),
                    List.of("metadata.annotations[volume.kubernetes.io/selected-node]"),
                    List.of(),
                    true),
            protocol(
                    "refresh requests",
                    List.of("applications.argoproj.io"),
                    List.of("metadata.annotations[argocd.argoproj.io/refresh]"),
                    List.of("*:argocd-application-controller"),
                    false),
            protocol("clean-up", List.of(), List.of("(object)"), List.of("*:ttl-after-finished-controller"), false),
            protocol(
                    "endpoints",
                    List.of("endpoints", "endpointslices.discovery.k8s.io"),
                    List.of(),
                    List.of("*:endpoint-controller", "*:endpointslice-controller"),
                    true));

    private static IgnoreRule protocol(
            String reason, List<String> resources, List<String> fields, List<String> actors, boolean everySide) {
        return new IgnoreRule(OVER_FIELDS, resources, fields, actors, everySide, reason);
    }

    @Override
    public JsonNode judge(List<byte[]> auditLines) {
        WatchConfig scan = WatchConfig.DEFAULT;
        WarWatch watch = new WarWatch(
                new WatchConfig(
                        DetectionRules.DEFAULT.ignoring(PROTOCOLS),
                        Duration.ofSeconds(5),
                        heldEvents,
                        scan.mostHeldBytes(),
                        scan.mostObjects(),
                        scan.mostBytes(),
                        scan.mostWars(),
                        false),
                DigestKey.of(new byte[16]));
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

    private static JsonNode document(Findings findings, Counts counts) {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("schema", "patchwar.io/v1");
        ArrayNode wars = document.putArray("wars");
        findings.wars().forEach(war -> wars.add(tree(war)));
        ArrayNode found = document.putArray("findings");
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
        ArrayNode contenders = tree.putArray("contenders");
        for (Contender contender : war.contenders()) {
            ObjectNode one = contenders.addObject();
            one.put("account", contender.account()).put("program", contender.program());
            contender.instances().forEach(one.putArray("instances")::add);
        }
        tree.put("reversals", war.reversals());
        tree.put("startedAt", war.startedAt().toString());
        ArrayNode evidence = tree.putArray("evidence");
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
