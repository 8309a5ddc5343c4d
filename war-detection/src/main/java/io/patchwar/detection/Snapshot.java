package io.patchwar.detection;

import io.patchwar.model.Actor;
import io.patchwar.model.Contender;
import io.patchwar.model.Evidence;
import io.patchwar.model.FieldValue;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A dispute as it stands, in the words of the model. */
final class Snapshot {
    private Snapshot() {}

    static War of(
            Dispute dispute, ObjectRef object, @Nullable String uid, @Nullable String ignore, DetectionRules rules) {
        List<Contender> contenders = new ArrayList<>();
        for (Party party : dispute.parties) {
            contenders.add(contender(dispute, party));
        }
        contenders.sort(Comparator.comparing(Contender::account)
                .thenComparing(Contender::program)
                .thenComparing(c -> String.join(",", c.instances())));
        List<Proof> proofs = new ArrayList<>(dispute.evidence());
        proofs.sort(Comparator.comparingLong(p -> p.mark().sequence()));
        return new War(
                dispute.id,
                dispute.warClass,
                Severity.INFO,
                dispute.confidence(rules.reversals()),
                dispute.state(),
                object,
                uid,
                fields(dispute),
                contenders,
                dispute.count(),
                dispute.period(),
                dispute.startedAt,
                dispute.lastChangeAt(),
                dispute.endedAt(),
                proofs.stream().map(Snapshot::evidence).toList(),
                dispute.rejection,
                muted(dispute, object, contenders, ignore, rules),
                dispute.revision,
                dispute.load());
    }

    private static Contender contender(Dispute dispute, Party party) {
        Map<String, List<String>> values = new TreeMap<>();
        dispute.valuesOf(party).forEach((field, seen) -> values.put(field, List.copyOf(seen)));
        Side side = party.side();
        if (side == null) {
            String program = party.program() == null ? Actor.UNKNOWN_PROGRAM : party.program();
            return new Contender(Actor.ADMISSION, program, List.of(), 0, 0, values);
        }
        List<String> instances = party.instance() == null ? side.instances() : List.of(party.instance());
        return new Contender(side.account, side.program(), instances, side.writes, side.rejected, values);
    }

    private static Evidence evidence(Proof proof) {
        Mark mark = proof.mark();
        return new Evidence(
                mark.auditID(),
                mark.version(),
                mark.time(),
                mark.actor().account(),
                mark.side().program(),
                mark.actor().instance(),
                mark.verb(),
                proof.field(),
                text(proof.from()),
                text(proof.to()));
    }

    private static @Nullable String text(@Nullable FieldValue value) {
        return value == null || value.isAbsent() ? null : value.text();
    }

    /** The contested fields, and the parent of those that change together every time. */
    private static List<String> fields(Dispute dispute) {
        Map<String, List<String>> byParent = new TreeMap<>();
        for (String field : dispute.fields) {
            byParent.computeIfAbsent(parent(field), p -> new ArrayList<>()).add(field);
        }
        TreeSet<String> fields = new TreeSet<>(dispute.fields);
        byParent.forEach((parent, leaves) -> {
            boolean nameable = parent.indexOf('.') > 0 || parent.indexOf('[') > 0;
            if (nameable && leaves.size() > 1 && dispute.changeTogether(leaves)) {
                fields.add(parent);
            }
        });
        return List.copyOf(fields);
    }

    /** The path without its last step. */
    static String parent(String path) {
        if (path.endsWith("]")) {
            int open = path.indexOf('[', Math.max(0, path.lastIndexOf("].") + 1));
            return open < 0 ? "" : path.substring(0, open);
        }
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    /** By the object's own annotation, or by a rule that held when the last change was. */
    private static @Nullable String muted(
            Dispute dispute,
            ObjectRef object,
            List<Contender> contenders,
            @Nullable String ignore,
            DetectionRules rules) {
        String annotated = annotated(dispute, ignore);
        if (annotated != null) {
            return annotated;
        }
        for (IgnoreRule rule : rules.ignored()) {
            if (rule.shown()
                    && rule.holds(dispute.lastChangeAt())
                    && rule.mutes(dispute.warClass, object, dispute.fields, contenders)) {
                String until = rule.until() == null ? "" : " (until " + rule.until() + ")";
                return "the ignore rule \"" + rule.reason() + "\"" + until;
            }
        }
        return null;
    }

    private static @Nullable String annotated(Dispute dispute, @Nullable String ignore) {
        if (ignore == null) {
            return null;
        }
        List<String> paths =
                List.of(ignore.split(",", -1)).stream().map(String::strip).toList();
        boolean all = paths.contains("*")
                || (!dispute.fields.isEmpty() && dispute.fields.stream().allMatch(f -> covered(f, paths)));
        return all ? "the object's annotation patchwar.io/ignore" : null;
    }

    private static boolean covered(String field, List<String> paths) {
        return paths.stream()
                .anyMatch(p -> field.equals(p)
                        || (!p.isEmpty() && field.startsWith(p) && ".[".indexOf(field.charAt(p.length())) >= 0));
    }
}
