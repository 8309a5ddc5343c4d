package io.patchwar.detection;

import io.patchwar.model.Actor;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.WarClass;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The disputes over one object: which are open, which the present write opens or moves, and which gives way to which. One
 * thread.
 */
final class Docket {
    final ObjectRef object;
    final DetectionRules rules;
    private final List<Dispute> disputes = new ArrayList<>(0);
    private final List<Dispute> touched = new ArrayList<>(0);
    private final List<Dispute> withdrawn = new ArrayList<>(0);
    private final List<Fit> fits = new ArrayList<>(0);
    private Instant judged = Instant.EPOCH;
    private long forgotten;

    /** Of all disputes of the object, so that one that is found anew under its old id does not begin at the first again. */
    private long revisions;

    Docket(ObjectRef object, DetectionRules rules) {
        this.object = object;
        this.rules = rules;
    }

    /** Lets time pass: what has been silent for long enough ends, and is forgotten a window later. */
    void expire(Instant now) {
        judged = now;
        if (disputes.isEmpty()) {
            return;
        }
        for (Dispute dispute : disputes) {
            if (dispute.endIfSilent(now, rules)) {
                touch(dispute);
            }
        }
        disputes.removeIf(
                d -> d.endedAt() != null && now.isAfter(d.lastChangeAt().plus(rules.window())));
    }

    boolean isIgnored(WarClass warClass, String field, Actor... actors) {
        List<IgnoreRule> ignored = rules.ignored();
        for (int i = 0; i < ignored.size(); i++) {
            IgnoreRule rule = ignored.get(i);
            if (!rule.shown() && rule.holds(judged) && rule.covers(warClass, object, field, List.of(actors))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a war over the object is being fought: then nothing else about it is news. */
    boolean isAtWar() {
        for (Dispute dispute : disputes) {
            if (dispute.warClass.isWar() && dispute.endedAt() == null) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return disputes.isEmpty();
    }

    int size() {
        return disputes.size();
    }

    long forgotten() {
        return forgotten;
    }

    /** The dispute of one of these classes that contests the field, ended ones included. */
    @Nullable
    Dispute over(String path, WarClass... classes) {
        for (Dispute dispute : disputes) {
            for (WarClass c : classes) {
                if (dispute.warClass == c && dispute.fields.contains(path)) {
                    return dispute;
                }
            }
        }
        return null;
    }

    /** The dispute of a class without fields. */
    @Nullable
    Dispute keyed(WarClass warClass, String key) {
        for (Dispute dispute : disputes) {
            if (dispute.warClass == warClass && dispute.key.equals(key)) {
                return dispute;
            }
        }
        return null;
    }

    /** The dispute of that id. */
    @Nullable
    Dispute named(String id) {
        for (Dispute dispute : disputes) {
            if (dispute.id.equals(id)) {
                return dispute;
            }
        }
        return null;
    }

    /** When the next dispute ends or is forgotten by time alone; null where there is none. */
    @Nullable
    Instant deadline() {
        Instant first = null;
        for (Dispute dispute : disputes) {
            Instant deadline = dispute.deadline(rules);
            first = first == null || deadline.isBefore(first) ? deadline : first;
        }
        return first;
    }

    /** Ends all that are fought. */
    void abandon() {
        for (Dispute dispute : disputes) {
            if (dispute.abandon()) {
                touch(dispute);
            }
        }
    }

    /** How many are fought. */
    int ongoing() {
        int ongoing = 0;
        for (Dispute dispute : disputes) {
            ongoing += dispute.endedAt() == null ? 1 : 0;
        }
        return ongoing;
    }

    /** Whether an item of the list is contested for itself. */
    boolean contestsItemOf(String list) {
        for (Dispute dispute : disputes) {
            for (String field : dispute.fields) {
                if (field.length() > list.length() && field.startsWith(list) && field.charAt(list.length()) == '[') {
                    return true;
                }
            }
        }
        return false;
    }

    void touch(Dispute dispute) {
        if (!touched.contains(dispute)) {
            touched.add(dispute);
        }
    }

    void fits(Fit fit) {
        fits.add(fit);
    }

    Dispute open(WarClass warClass, String key, Mark first, @Nullable Instant since) {
        Dispute made = new Dispute(
                WarId.of(object, key, first.auditID()), warClass, key, since == null ? first.time() : since, judged);
        if (disputes.size() >= rules.disputesPerObject()) {
            Dispute dropped = disputes.remove(0);
            if (dropped.abandon()) {
                touch(dropped);
            }
            forgotten++;
        }
        disputes.add(made);
        return made;
    }

    /**
     * Turns what fits into disputes: by class top down, and the least path first, so that the id does not depend on how
     * fields are walked.
     *
     * @param recount brings what is remembered of the field into its dispute
     */
    void settle(BiConsumer<Dispute, Fit> recount) {
        if (fits.isEmpty()) {
            return;
        }
        fits.sort(Comparator.comparing(Fit::warClass).thenComparing(Fit::path));
        for (Fit fit : fits) {
            if ((!fit.warClass().isWar() && isAtWar()) || isJudgedAbove(fit)) {
                continue;
            }
            Dispute dispute = over(fit.path(), fit.warClass());
            dispute = dispute != null ? dispute : fought(fit.warClass(), fit.parties());
            dispute = dispute != null
                    ? dispute
                    : open(fit.warClass(), fit.path(), fit.first(), fit.first().time());
            fit.parties().forEach(dispute::join);
            dispute.contest(fit.path());
            recount.accept(dispute, fit);
            touch(dispute);
        }
        fits.clear();
        if (isAtWar()) {
            withdrawFindings();
        }
    }

    /** Whether a class further up has the field already: the rules are judged top down. */
    private boolean isJudgedAbove(Fit fit) {
        return switch (fit.warClass()) {
            case SPLIT_BRAIN -> over(fit.path(), WarClass.TUG_OF_WAR) != null;
            case CONTENTION, FLIP_FLOP -> over(fit.path(), WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN) != null;
            default -> false;
        };
    }

    private @Nullable Dispute fought(WarClass warClass, List<Party> parties) {
        for (Dispute dispute : disputes) {
            if (dispute.warClass == warClass && dispute.hasParties(parties)) {
                return dispute;
            }
        }
        return null;
    }

    private void withdrawFindings() {
        for (Dispute dispute : List.copyOf(disputes)) {
            if (!dispute.warClass.isWar()) {
                disputes.remove(dispute);
                withdrawn.add(dispute);
                touch(dispute);
            }
        }
    }

    /** Lets every dispute take in what the write cost that was just judged, those included that it opened. */
    void weigh(Mark mark, Observation o) {
        for (Dispute dispute : disputes) {
            dispute.weigh(mark, o);
        }
    }

    /** What opened or changed since this was asked last. */
    List<Verdict> verdicts(Instant now, @Nullable String uid, @Nullable String muted) {
        if (touched.isEmpty()) {
            return List.of();
        }
        List<Verdict> verdicts = new ArrayList<>(touched.size());
        for (Dispute dispute : touched) {
            dispute.revision = ++revisions;
            boolean gone = withdrawn.remove(dispute);
            int lately = dispute.lately.sum(now);
            verdicts.add(new Verdict(dispute, object, uid, muted, rules, gone, lately, dispute.storedLately(now)));
        }
        touched.clear();
        return verdicts;
    }

    void write(StateWriter out) {
        out.time(judged);
        out.number(revisions);
        out.list(disputes, dispute -> dispute.write(out));
    }

    void read(StateReader in) {
        judged = in.time();
        revisions = in.number();
        in.list(() -> Dispute.read(in), disputes::add);
    }
}
