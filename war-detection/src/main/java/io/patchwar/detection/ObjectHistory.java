package io.patchwar.detection;

import io.patchwar.model.AskedChange;
import io.patchwar.model.Confidence;
import io.patchwar.model.FieldChange;
import io.patchwar.model.FieldChange.Owner;
import io.patchwar.model.FieldPath;
import io.patchwar.model.FieldValue;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.Observation.Existence;
import io.patchwar.model.Observation.Shown;
import io.patchwar.model.Part;
import io.patchwar.model.WarClass;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object's past, as far as wars are concerned, and the judge of its next write. The verdict depends on the order of
 * the observations and their times alone. Mutable, bounded by its rules; one thread.
 */
public final class ObjectHistory {
    private static final WarClass[] OVER_CONTENT = {
        WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN, WarClass.CONTENTION, WarClass.FLIP_FLOP
    };

    private final DetectionRules rules;
    private final Docket docket;
    private final Sides sides = new Sides();
    private final Map<String, FieldHistory> fields = new LinkedHashMap<>(2, 0.75f, true);
    private final Map<String, FieldHistory> lists = new LinkedHashMap<>(0, 0.75f, true);
    private FieldHistory existence = new FieldHistory(FieldPath.OBJECT);
    private final Streak everywhere = new Streak();
    private final Streak inMain = new Streak();
    private final Streak inStatus = new Streak();
    private final HandOvers mainHandOvers = new HandOvers();
    private final HandOvers statusHandOvers = new HandOvers();
    private long sequence;
    private long forgotten;
    private @Nullable String uid;
    private @Nullable String muted;

    public ObjectHistory(ObjectRef object, DetectionRules rules) {
        this.rules = rules;
        this.docket = new Docket(object, rules);
    }

    /**
     * Judges the object's next write.
     *
     * @return what opened or changed by it, empty for nearly every write
     */
    public List<Verdict> judge(Observation o) {
        docket.expire(o.time());
        uid = o.uid() != null ? o.uid() : uid;
        Side side = sides.of(o.actor());
        Mark mark = new Mark(side.known(o.actor()), side, o.time(), o.auditID(), o.version(), o.verb(), sequence++);
        if (!o.accepted()) {
            if (o.rejection() != null) {
                RejectionJudge.judge(docket, o.rejection(), mark);
            }
            docket.weigh(mark, o);
            return docket.verdicts(o.time(), uid, muted);
        }
        muted = o.muted();
        side.accepted(o.time());
        if (o.newLifetime()) {
            fields.clear();
            lists.clear();
        }
        Streak streak = streak(o.part());
        HandOvers handOvers = o.part() == Part.STATUS ? statusHandOvers : mainHandOvers;
        Mark unseen = o.bodies() ? handOvers.unseenBy(mark) : null;
        boolean takesBack = unseen != null && o.shown() == Shown.TAKEN_BACK && streak.isNoneBut(unseen);
        Mark before = streak.last();
        streak.add(mark, 0);
        everywhere.add(mark, rules.hotLoopWrites());
        judgeExistence(o, mark);
        for (FieldChange change : o.changes()) {
            if (!change.derived()) {
                judgeChange(change, mark, o.controlled());
            }
        }
        for (AskedChange asked : o.asked()) {
            AdmissionJudge.judge(docket, field(asked.path()), asked, mark);
        }
        docket.settle(this::recount);
        if (!o.bodies()) {
            if (o.existence() == Existence.UNCHANGED) {
                SuspicionJudge.judge(docket, handOvers, o.part(), before, mark);
            }
        } else if (unseen != null && (takesBack || givesBackSince(unseen, o.changes()))) {
            SuspicionJudge.judgeAnswer(docket, handOvers, o.part(), unseen, mark);
        } else {
            handOvers.interrupt(before);
        }
        HotLoopJudge.judge(docket, everywhere, o, mark);
        docket.weigh(mark, o);
        return docket.verdicts(o.time(), uid, muted);
    }

    /** Lets the object's cluster's time pass: what has been silent for long enough ends. */
    public List<Verdict> passTime(Instant now) {
        docket.expire(now);
        return docket.verdicts(now, uid, muted);
    }

    /** When the next of its wars and findings ends or is forgotten by time alone; null where there is none. */
    public @Nullable Instant deadline() {
        return docket.deadline();
    }

    /** The war or finding of that id as it stands; null if it is not followed any more. */
    public @Nullable Verdict standing(String id, Instant now) {
        Dispute dispute = docket.named(id);
        return dispute == null
                ? null
                : new Verdict(
                        dispute,
                        docket.object,
                        uid,
                        muted,
                        rules,
                        false,
                        dispute.lately.sum(now),
                        dispute.storedLately(now));
    }

    /** Whether the war or finding of that id is followed still, ended or not. */
    public boolean follows(String id) {
        return docket.named(id) != null;
    }

    /** How many wars and findings are fought over the object now. */
    public int ongoing() {
        return docket.ongoing();
    }

    /** Ends every war and finding that is fought, since nobody will follow them any more. */
    public List<Verdict> abandon(Instant now) {
        docket.abandon();
        return docket.verdicts(now, uid, muted);
    }

    private Streak streak(Part part) {
        return part == Part.STATUS ? inStatus : inMain;
    }

    private void judgeExistence(Observation o, Mark mark) {
        switch (o.existence()) {
            case UNCHANGED -> {}
            case DELETED -> exists(mark, false, true, o);
            case EVICTED -> exists(mark, false, false, o);
            case CREATED -> exists(mark, true, true, o);
            case CREATED_AFTER_HIDDEN_DELETE -> {
                exists(mark, false, false, o);
                exists(mark, true, true, o);
            }
            case APPEARED -> {
                exists(mark, false, false, o);
                exists(mark, true, false, o);
            }
        }
    }

    private void exists(Mark mark, boolean present, boolean attributed, Observation o) {
        FieldValue from = present ? FieldValue.ABSENT : FieldValue.PRESENT;
        FieldValue to = present ? FieldValue.PRESENT : FieldValue.ABSENT;
        // That a delete was accepted says its code; that a create made something new says its reply.
        boolean confirmed = !present || (o.bodies() && o.uid() != null);
        Reversal reversal = existence.add(mark, from, to, attributed, confirmed, null, rules);
        if (attributed) {
            follow(FieldPath.OBJECT, mark, from, to, WarClass.RECREATE, WarClass.FLIP_FLOP);
        }
        if (reversal != null && present) {
            ReversalJudge.judgeRecreation(docket, existence, reversal, o.controlled());
        }
        FlipFlopJudge.judge(docket, existence, mark, false, everywhere);
    }

    private void judgeChange(FieldChange change, Mark mark, boolean controlled) {
        boolean attributed = change.owner() == Owner.ACTOR;
        boolean confirmed = change.confidence() == Confidence.CONFIRMED;
        FieldHistory field = field(change.path());
        Streak alone = controlled ? everywhere : streak(FlipFlopJudge.partOf(change.path()));
        if (change.from().differsOnlyInOrder(change.to())) {
            if (FlipFlopJudge.isGauge(change)) {
                return;
            }
            Reversal reversal = field.addReordering(mark, change.from(), change.to(), attributed, confirmed);
            if (attributed) {
                follow(change.path(), mark, change.from(), change.to(), WarClass.ORDER);
            }
            if (reversal != null) {
                ReversalJudge.judgeReordering(docket, field, reversal);
            } else if (attributed) {
                FlipFlopJudge.judge(docket, field, mark, true, alone);
            }
            return;
        }
        Reversal reversal = field.add(mark, change.from(), change.to(), attributed, confirmed, change.items(), rules);
        if (!attributed) {
            return;
        }
        follow(change.path(), mark, change.from(), change.to(), OVER_CONTENT);
        if (reversal != null) {
            ReversalJudge.judge(docket, field, reversal);
            String list = change.list();
            if (list != null && FlipFlopJudge.partOf(list) == Part.MAIN && !field.hasEnough(rules, mark.time())) {
                ReversalJudge.judgeList(docket, list(list), change, reversal);
            }
        }
        ContentionJudge.judge(docket, field, mark);
        if (!FlipFlopJudge.isGauge(change)) {
            FlipFlopJudge.judge(docket, field, mark, false, alone);
        }
    }

    /** Whether one of these changes, which were judged already, puts back what went since that write by nobody known. */
    private boolean givesBackSince(Mark unseen, List<FieldChange> changes) {
        for (FieldChange change : changes) {
            FieldHistory field = fields.get(change.path());
            if (!change.derived() && change.owner() == Owner.ACTOR && field != null && field.gaveBackSince(unseen)) {
                return true;
            }
        }
        return false;
    }

    private FieldHistory field(String path) {
        return history(fields, path);
    }

    private FieldHistory list(String path) {
        return history(lists, path);
    }

    private FieldHistory history(Map<String, FieldHistory> histories, String path) {
        FieldHistory known = histories.get(path);
        if (known == null) {
            known = new FieldHistory(path);
            histories.put(path, known);
            if (histories.size() > rules.fieldsPerObject()) {
                histories.remove(histories.keySet().iterator().next());
                forgotten++;
            }
        }
        return known;
    }

    /** Every change of a contested field is evidence, and tells what its writer insists on. */
    private void follow(String path, Mark mark, FieldValue from, FieldValue to, WarClass... classes) {
        Dispute dispute = docket.isEmpty() ? null : docket.over(path, classes);
        if (dispute == null) {
            return;
        }
        dispute.prove(new Proof(mark, path, from, to));
        for (Party party : dispute.parties) {
            if (party.is(mark)) {
                dispute.insist(party, path, to, mark.sequence());
            }
        }
    }

    /** Brings what was remembered of the field before it fitted into the dispute. */
    private void recount(Dispute dispute, Fit fit) {
        if (!fit.proofs().isEmpty()) {
            AdmissionJudge.recount(dispute, fit);
            return;
        }
        FieldHistory field = fit.path().equals(FieldPath.OBJECT) ? existence : fields.get(fit.path());
        if (fit.warClass() != WarClass.CONTENTION && lists.containsKey(fit.path()) && isOfList(field, fit)) {
            field = lists.get(fit.path());
        }
        if (field == null) {
            return;
        }
        boolean reordering = fit.warClass() == WarClass.ORDER;
        Map<Mark, Boolean> counted = field.counted(fit.warClass());
        for (Change change :
                field.recent(reordering, rules.window(), fit.first().time())) {
            if (!change.attributed()) {
                continue;
            }
            Mark mark = change.mark();
            dispute.prove(new Proof(mark, fit.path(), change.from(), change.to()));
            for (Party party : dispute.parties) {
                if (party.is(mark)) {
                    dispute.insist(party, fit.path(), change.to(), mark.sequence());
                    Boolean confirmed = counted.get(mark);
                    if (confirmed != null) {
                        dispute.count(party, mark, confirmed);
                    }
                }
            }
        }
    }

    /** Whether the list's own path has a history of another kind, as its order has, that is not what fitted. */
    private static boolean isOfList(@Nullable FieldHistory field, Fit fit) {
        return field == null || field.counted(fit.warClass()).isEmpty();
    }

    /** Whether anything here may still matter; if not, forgetting the object loses nothing but its baseline. */
    public boolean isAtPeace() {
        return docket.isEmpty();
    }

    /** What had to be forgotten because there was too much of it: fields and disputes. */
    public long forgotten() {
        return forgotten + docket.forgotten();
    }

    /** Roughly how many bytes of memory this holds. */
    public int weight() {
        int weight = 800 + docket.size() * 6_000;
        for (FieldHistory field : fields.values()) {
            weight += field.weight();
        }
        return weight;
    }

    /** Writes all that the next verdicts depend on. */
    public void write(StateWriter out) {
        out.maybeText(uid);
        out.maybeText(muted);
        out.number(sequence);
        sides.write(out);
        for (Streak streak : List.of(everywhere, inMain, inStatus)) {
            streak.write(out);
        }
        mainHandOvers.write(out);
        statusHandOvers.write(out);
        existence.write(out);
        // In their order of use, the longest unused first, which is also the order in which they would be forgotten.
        out.list(fields.values(), field -> field.write(out));
        out.list(lists.values(), list -> list.write(out));
        docket.write(out);
    }

    /** The history that {@link #write} wrote, under these rules. */
    public static ObjectHistory read(StateReader in, ObjectRef object, DetectionRules rules) {
        ObjectHistory history = new ObjectHistory(object, rules);
        history.uid = in.maybeText();
        history.muted = in.maybeText();
        history.sequence = in.number();
        history.sides.read(in);
        for (Streak streak : List.of(history.everywhere, history.inMain, history.inStatus)) {
            streak.read(in);
        }
        history.mainHandOvers.read(in);
        history.statusHandOvers.read(in);
        history.existence = FieldHistory.read(in);
        in.list(() -> FieldHistory.read(in), field -> history.fields.put(field.path, field));
        in.list(() -> FieldHistory.read(in), list -> history.lists.put(list.path, list));
        history.docket.read(in);
        return history;
    }
}
