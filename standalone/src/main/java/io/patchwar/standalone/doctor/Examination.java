package io.patchwar.standalone.doctor;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.Outcome;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.envelope.Envelope;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import io.patchwar.standalone.report.InputAccount;
import io.patchwar.standalone.report.InputTally;
import io.patchwar.watch.ClusterSight;
import io.patchwar.watch.ResourceSight;
import io.patchwar.watch.WarWatch;
import io.patchwar.watch.WatchConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows logs to all probes. What stands in the events is looked at where they are parsed ({@link #witness}); what takes their
 * order, in the order of their stamps ({@link #sink}). One thread.
 */
public final class Examination {
    private static final int FEWEST_GAPS = 3;
    private static final int FEWEST_UPDATES = 20;
    private static final double WHOLE_SERVER = 0.2;

    private final KubeletProbe kubelets = new KubeletProbe();
    private final ServerProbe servers;
    private final List<Probe> probes;
    private final WarWatch watch = new WarWatch(WatchConfig.DEFAULT, DigestKey.random());
    private final InputTally tally = new InputTally();
    private final Witness witness = new Witness();
    private final Sink sink = new Sink();
    private long updates;

    /**
     * @param expectedServers how many API servers there are; 0 if nobody said
     */
    public Examination(int expectedServers) {
        this.servers = new ServerProbe(expectedServers);
        this.probes = List.of(
                new BodiesProbe(),
                new CutProbe(),
                servers,
                new ClockProbe(),
                new DuplicateProbe(),
                new ExposureProbe(),
                new ArrivalProbe(),
                new CostProbe(),
                kubelets,
                new SourceKindProbe());
    }

    /** To be told of everything where it is parsed. */
    public AuditSink witness() {
        return witness;
    }

    /** To be told of everything in the order of stamps. */
    public AuditSink sink() {
        return sink;
    }

    /** Everything was shown. */
    public Diagnosis diagnose() {
        watch.finish();
        List<Finding> findings = new ArrayList<>();
        probes.forEach(probe -> probe.conclude(findings::add));
        Map<String, ClusterSight> sight = watch.findings().sight();
        gaps(sight, findings);
        findings.sort((a, b) -> a.symptom().compareTo(b.symptom()));
        Map<String, ResourceSight> resources = new TreeMap<>();
        sight.values().forEach(cluster -> resources.putAll(cluster.resources()));
        InputAccount input = tally.account();
        return new Diagnosis(
                DoctorReport.plural(input.auditEvents(), "audit event", "audit events") + " of "
                        + DoctorReport.plural(servers.names().size(), "API server", "API servers"),
                input,
                servers.names(),
                findings,
                resources);
    }

    /** Updates whose base is in no event. If kubelets are hidden, what they write to nodes and pods must be missing. */
    private void gaps(Map<String, ClusterSight> sight, List<Finding> findings) {
        Tally gaps = new Tally();
        for (ClusterSight cluster : sight.values()) {
            cluster.resources().forEach((resource, seen) -> {
                boolean theirs = kubelets.areHidden() && (resource.equals("nodes") || resource.equals("pods"));
                if (seen.gaps() > 0 && !theirs) {
                    gaps.add(resource, seen.gaps());
                }
            });
        }
        if (gaps.total() < FEWEST_GAPS) {
            return;
        }
        boolean whole = updates >= FEWEST_UPDATES && gaps.total() > WHOLE_SERVER * updates;
        boolean known = findings.stream().anyMatch(finding -> finding.symptom() == Symptom.MISSING_SERVER);
        List<String> evidence = List.of("by resource: " + gaps.most(5));
        if (whole && !known) {
            findings.add(new Finding(
                    Symptom.MISSING_SERVER,
                    gaps.total(),
                    updates,
                    List.of(evidence.get(0) + " updates over versions that no event has: too many to be accidents")));
        } else {
            findings.add(new Finding(Symptom.MISSED_WRITES, gaps.total(), updates, evidence));
        }
    }

    private final class Witness implements AuditSink {
        private final RawEvent event = new RawEvent();
        private @Nullable Slice last;

        @Override
        public void document(Slice document, String source, int layer) {
            last = document;
            if (layer == 0) {
                event.shipped = null;
                event.category = "";
            }
            if (event.read(document, ServerName.of(source))) {
                for (Probe probe : probes) {
                    if (layer == 0) {
                        probe.envelope(document, event.server, layer);
                    }
                    probe.event(event);
                }
                return;
            }
            look(document);
            for (Probe probe : probes) {
                probe.envelope(document, source, layer);
            }
        }

        /** What an envelope says of all that is in it. Azure puts each record's words into the record. */
        private void look(Slice document) {
            try {
                Slice records = Members.first(document, "records");
                Slice record = records == null ? document : firstOf(records);
                if (record != null) {
                    event.shipped = event.shipped == null ? ArrivalProbe.shipped(record) : event.shipped;
                    String category = Members.firstText(record, "category");
                    event.category = category == null ? event.category : category;
                }
            } catch (MalformedJsonException e) {
                // Rejected in a moment, and counted there.
            }
        }

        private static @Nullable Slice firstOf(Slice array) {
            Members m = new Members(array);
            return m.next() ? m.value() : null;
        }

        @Override
        public void accepted(AuditEvent write) {
            last = null;
        }

        @Override
        public void skipped(SkipReason reason) {
            last = null;
        }

        @Override
        public void rejected(RejectReason reason, String detail) {
            for (Probe probe : probes) {
                probe.rejected(reason, last);
            }
            last = null;
        }
    }

    private final class Sink implements AuditSink {
        @Override
        public void accepted(AuditEvent event) {
            tally.accepted();
            watch.read();
            updates += event.verb() == Verb.UPDATE
                            && event.baseVersion() != null
                            && event.version() != null
                            && event.outcome() == Outcome.ACCEPTED
                    ? 1
                    : 0;
            String server = ServerName.of(event.source());
            probes.forEach(probe -> probe.write(event, server));
            watch.accept(event);
        }

        @Override
        public void skipped(SkipReason reason) {
            watch.read();
            tally.skipped(reason);
        }

        @Override
        public void rejected(RejectReason reason, String detail) {
            watch.read();
            tally.rejected(reason);
        }

        @Override
        public void wrapped(Envelope envelope) {
            tally.wrapped(envelope);
        }
    }
}
