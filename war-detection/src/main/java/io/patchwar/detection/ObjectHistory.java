package io.patchwar.detection;

import io.patchwar.detection.Dispute.Proof;
import io.patchwar.detection.FieldHistory.Round;
import io.patchwar.model.Actor;
import io.patchwar.model.AskedChange;
import io.patchwar.model.FieldChange;
import io.patchwar.model.FieldChange.Owner;
import io.patchwar.model.FieldPath;
import io.patchwar.model.FieldValue;
import io.patchwar.model.FieldValue.Shape;
import io.patchwar.model.Confidence;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.Observation.Existence;
import io.patchwar.model.Observation.Kind;
import io.patchwar.model.Part;
import io.patchwar.model.WarClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object's past, as far as wars are concerned, and the judge of its next write. The verdict depends on the order of
 * the observations and their times alone. Mutable, bounded by its rules; one thread.
 */
public final class ObjectHistory {
    private final ObjectRef object;
    private final DetectionRules rules;
    private final Sides sides = new Sides();
    private final Map<String, FieldHistory> fields = new LinkedHashMap<>(2, 0.75f, true);
    private final Map<String, FieldHistory> lists = new LinkedHashMap<>(0);
    private final FieldHistory existence = new FieldHistory(FieldPath.OBJECT);
    private final Streak everywhere = new Streak();
    private final Streak[] inPart = {new Streak(), new Streak()};
    private final HandOvers[] handOvers = {new HandOvers(), new HandOvers()};
    private final List<Dispute> disputes = new ArrayList<>(0);
    private final Set<Dispute> touched = new LinkedHashSet<>(0);
    private final List<Fit> fits = new ArrayList<>(0);
    private long sequence;
    private long forgotten;
    private @Nullable String uid;
    private @Nullable String muted;

    public ObjectHistory(ObjectRef object, DetectionRules rules) {
        this.object = object;
        this.rules = rules;
    }

    /** A rule that one field fits now. */
    private record Fit(
            WarClass warClass, String path, List<Party> parties, Mark first, Instant since, List<Proof> proofs) {}

    /**
     * Judges the object's next write.
     *
     * @return what changed by it, empty for nearly every write
     */
    public List<Verdict> judge(Observation o) {
        touched.clear();
        fits.clear();
        expire(o.time());
        uid = o.uid() != null ? o.uid() : uid;
        muted = o.accepted() ? o.muted() : muted;
        Side side = sides.of(o.actor());
        Mark mark = new Mark(o.actor(), side, o.time(), o.auditID(), o.version(), o.verb(), sequence++);
        if (!o.accepted()) {
            judgeRejection(o, mark);
            return verdicts(o.time());
        }
        side.accepted(o.time());
        if (o.newLifetime()) {
            fields.clear();
            lists.clear();
        }
        Streak part = inPart[o.part().ordinal()];
        part.add(mark, rules.hotLoopWrites());
        everywhere.add(mark, rules.hotLoopWrites());
        judgeExistence(o, mark);
        for (FieldChange change : o.changes()) {
            judgeChange(change, mark, o.controlled());
        }
        for (AskedChange asked : o.asked()) {
            judgeRound(asked, mark);
        }
        settle();
        if (!o.bodies() && o.existence() == Existence.UNCHANGED) {
            judgeHandOver(o.part(), mark);
        } else if (o.bodies()) {
            handOvers[o.part().ordinal()].interrupt();
        }
        judgeHotLoop(o, mark);
        return verdicts(o.time());
    }

    /** Lets the object's cluster's time pass: what has been silent for long enough ends. */
    public List<Verdict> passTime(Instant now) {
        touched.clear();
        expire(now);
        return verdicts(now);
    }

    private void expire(Instant now) {
        for (Dispute dispute : disputes) {
            if (dispute.endIfSilent(now, rules)) {
                touched.add(dispute);
            }
        }
        disputes.removeIf(d -> d.endedAt() != null && now.isAfter(d.lastChangeAt().plus(rules.window())));
    }

    private boolean isIgnored(WarClass warClass, String field, Actor... actors) {
        List<IgnoreRule> ignored = rules.ignored();
        for (int i = 0; i < ignored.size(); i++) {
            if (ignored.get(i).covers(warClass, object, field, List.of(actors))) {
                return true;
            }
        }
        return false;
    }

    // Existence

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
        boolean confirmed = o.bodies() && (!present || o.uid() != null);
        Reversal reversal = existence.add(mark, from, to, attributed, confirmed, rules);
        follow(WarClass.RECREATE, FieldPath.OBJECT, mark, from, to, attributed);
        if (reversal != null && present
                && !isIgnored(WarClass.RECREATE, FieldPath.OBJECT, mark.actor(), reversal.other().actor())) {
            int enough = o.controlled() ? rules.ownedRecreations() : rules.reversals();
            boolean between = reversal.betweenSides();
            existence.remember(reversal, false, Math.max(rules.ownedRecreations(), rules.reversals()));
            List<Reversal> counting = existence.counting(
                    false, between, enough, o.controlled() ? rules.ownedSpan() : rules.window(), mark.time());
            fitReversals(WarClass.RECREATE, FieldPath.OBJECT, counting, reversal, !between);
        }
        judgeFlipFlop(existence, FieldPath.OBJECT, mark, false, o.controlled(), Part.MAIN);
    }

    // Changes of fields

    private void judgeChange(FieldChange change, Mark mark, boolean controlled) {
        if (change.derived()) {
            return;
        }
        boolean attributed = change.owner() == Owner.ACTOR;
        boolean confirmed = change.confidence() == Confidence.CONFIRMED;
        FieldHistory field = field(change.path());
        if (change.from().differsOnlyInOrder(change.to())) {
            Reversal reversal = field.addReordering(mark, change.from(), change.to(), attributed, confirmed);
            follow(WarClass.ORDER, change.path(), mark, change.from(), change.to(), attributed);
            if (reversal != null && !isIgnored(WarClass.ORDER, change.path(), mark.actor(), reversal.other().actor())) {
                field.remember(reversal, true, rules.reversals());
                List<Reversal> counting = field.counting(
                        true, reversal.betweenSides(), rules.reversals(), rules.window(), mark.time());
                fitReversals(WarClass.ORDER, change.path(), counting, reversal, !reversal.betweenSides());
            } else if (reversal == null && attributed) {
                judgeFlipFlop(field, change.path(), mark, true, controlled, partOf(change.path()));
            }
            return;
        }
        Reversal reversal = field.add(mark, change.from(), change.to(), attributed, confirmed, rules);
        for (WarClass c : List.of(WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN, WarClass.CONTENTION, WarClass.FLIP_FLOP)) {
            follow(c, change.path(), mark, change.from(), change.to(), attributed);
        }
        if (reversal != null) {
            judgeReversal(field, change.path(), reversal, change.list());
        }
        if (attributed && disputeOver(change.path(), WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN) == null) {
            judgeContention(field, mark);
            judgeFlipFlopOfField(field, change, mark, controlled);
        }
    }

    private FieldHistory field(String path) {
        FieldHistory known = fields.get(path);
        if (known == null) {
            known = new FieldHistory(path);
            fields.put(path, known);
            if (fields.size() > rules.fieldsPerObject()) {
                fields.remove(fields.keySet().iterator().next());
                forgotten++;
            }
        }
        return known;
    }

    private void judgeReversal(FieldHistory field, String path, Reversal reversal, @Nullable String list) {
        boolean between = reversal.betweenSides();
        WarClass warClass = between ? WarClass.TUG_OF_WAR : WarClass.SPLIT_BRAIN;
        Mark by = reversal.by().mark();
        if (isIgnored(warClass, path, by.actor(), reversal.other().actor())) {
            return;
        }
        field.remember(reversal, false, rules.reversals());
        List<Reversal> counting = field.counting(false, between, rules.reversals(), rules.window(), by.time());
        boolean shadowed = !between && disputeOver(path, WarClass.TUG_OF_WAR) != null;
        if (!shadowed) {
            fitReversals(warClass, path, counting, reversal, !between);
        }
        if (list != null && !list.startsWith("status") && counting.isEmpty()) {
            judgeList(list, path, reversal, warClass);
        }
    }

    /** Items that come and go without any one of them doing it often: counted together, once a write. */
    private void judgeList(String list, String item, Reversal reversal, WarClass warClass) {
        Mark by = reversal.by().mark();
        if (isIgnored(warClass, list, by.actor(), reversal.other().actor()) || itemInDispute(list)) {
            return;
        }
        FieldHistory history = lists.computeIfAbsent(list, FieldHistory::new);
        if (lists.size() > rules.fieldsPerObject()) {
            lists.remove(lists.keySet().iterator().next());
        }
        boolean between = reversal.betweenSides();
        List<Change> known = history.recent(false, rules.window(), by.time());
        if (!known.isEmpty() && known.get(known.size() - 1).mark().sequence() == by.sequence()) {
            return;
        }
        Change change = reversal.by();
        history.add(by, change.from(), change.to(), true, change.confirmed(), rules);
        history.remember(reversal, false, rules.reversals());
        List<Reversal> counting = history.counting(false, between, rules.reversals(), rules.window(), by.time());
        fitReversals(warClass, list, counting, reversal, !between);
    }

    private boolean itemInDispute(String list) {
        for (Dispute dispute : disputes) {
            for (String field : dispute.fields) {
                if (field.startsWith(list + "[")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Opens, joins or continues the dispute that these reversals are part of. */
    private void fitReversals(
            WarClass warClass, String path, List<Reversal> counting, Reversal newest, boolean asInstances) {
        Dispute open = disputeOver(path, warClass);
        if (open != null) {
            Party by = Party.of(newest.by().mark(), asInstances);
            if (open.party(by) != null || counting.contains(newest)) {
                open.join(by);
                open.join(Party.of(newest.other(), asInstances));
            }
            if (open.party(by) != null) {
                open.count(by, newest.by().mark(), newest.by().confirmed());
                touched.add(open);
            }
            return;
        }
        if (counting.isEmpty()) {
            return;
        }
        List<Party> parties = new ArrayList<>();
        List<Proof> proofs = new ArrayList<>();
        Mark first = counting.get(0).by().mark();
        for (Reversal reversal : counting) {
            addParty(parties, Party.of(reversal.by().mark(), asInstances));
            addParty(parties, Party.of(reversal.other(), asInstances));
            if (reversal.by().mark().sequence() < first.sequence()) {
                first = reversal.by().mark();
            }
        }
        fits.add(new Fit(warClass, path, parties, first, first.time(), proofs));
    }

    private static void addParty(List<Party> parties, Party party) {
        if (parties.stream().noneMatch(p -> p.sameAs(party))) {
            parties.add(party);
        }
    }

    private void judgeContention(FieldHistory field, Mark mark) {
        List<Change> recent = field.recent(false, rules.shortSpan(), mark.time());
        if (recent.size() <= rules.handOvers()) {
            return;
        }
        int handOvers = 0;
        Set<Long> values = new LinkedHashSet<>();
        List<Party> parties = new ArrayList<>();
        Change before = null;
        Mark first = null;
        boolean asInstances = recent.stream().allMatch(c -> c.mark().side() == mark.side());
        for (Change change : recent) {
            values.add(change.to().digest());
            if (before != null && isHandOver(field.path, before, change)) {
                handOvers++;
                first = first == null ? change.mark() : first;
                addParty(parties, Party.of(before.mark(), asInstances));
                addParty(parties, Party.of(change.mark(), asInstances));
            }
            before = change;
        }
        Dispute open = disputeOver(field.path, WarClass.CONTENTION);
        boolean moving = values.size() > rules.newValues() * recent.size();
        if (open != null && moving) {
            Party by = Party.of(mark, asInstances);
            open.join(by);
            open.count(by, mark, recent.get(recent.size() - 1).confirmed());
            touched.add(open);
        } else if (open == null && handOvers >= rules.handOvers() && moving && first != null) {
            fits.add(new Fit(WarClass.CONTENTION, field.path, parties, first, first.time(), List.of()));
        }
    }

    private boolean isHandOver(String path, Change before, Change change) {
        return before.attributed()
                && change.attributed()
                && before.mark().differsFrom(change.mark())
                && !isIgnored(WarClass.CONTENTION, path, before.mark().actor(), change.mark().actor());
    }

    private void judgeFlipFlopOfField(FieldHistory field, FieldChange change, Mark mark, boolean controlled) {
        Part part = partOf(change.path());
        boolean countable = part == Part.STATUS
                && (isMeasure(change.from()) || isMeasure(change.to()) || change.path().contains("onditions"));
        if (!countable) {
            judgeFlipFlop(field, change.path(), mark, false, controlled, part);
        }
    }

    private static boolean isMeasure(FieldValue value) {
        return value.shape() == Shape.NUMBER || value.shape() == Shape.TIME;
    }

    private static Part partOf(String path) {
        return path.equals("status") || path.startsWith("status.") ? Part.STATUS : Part.MAIN;
    }

    private void judgeFlipFlop(
            FieldHistory field, String path, Mark mark, boolean reordering, boolean controlled, Part part) {
        if (isIgnored(reordering ? WarClass.ORDER : WarClass.FLIP_FLOP, path, mark.actor())) {
            return;
        }
        Streak streak = controlled || path.equals(FieldPath.OBJECT) ? everywhere : inPart[part.ordinal()];
        List<Change> recent = field.recent(reordering, rules.window(), mark.time());
        Instant since = mark.time().minus(rules.shortSpan());
        Set<Long> values = new LinkedHashSet<>();
        Mark first = null;
        int returns = 0;
        for (Change change : recent) {
            if (!change.attributed() || change.mark().differsFrom(mark)) {
                return;
            }
            if (change.mark().time().isBefore(since) || change.mark().sequence() < streak.begin()) {
                continue;
            }
            values.add(change.to().digest());
            if (change.returned()) {
                returns++;
                first = first == null ? change.mark() : first;
            }
        }
        WarClass warClass = reordering ? WarClass.ORDER : WarClass.FLIP_FLOP;
        Dispute open = disputeOver(path, warClass);
        Party by = Party.of(mark, true);
        boolean few = reordering || values.size() <= rules.flipFlopValues();
        if (returns < rules.returns() || !few || first == null
                || field.changedByAnotherSince(mark.time().minus(rules.window()))) {
            return;
        }
        if (open != null && open.party(by) != null) {
            open.count(by, mark, recent.get(recent.size() - 1).confirmed());
            touched.add(open);
        } else if (open == null) {
            fits.add(new Fit(warClass, path, List.of(by), first, first.time(), List.of()));
        }
    }

    // Rounds against admission

    private void judgeRound(AskedChange asked, Mark mark) {
        WarClass warClass =
                asked.asked().differsOnlyInOrder(asked.stored()) ? WarClass.ORDER : WarClass.ADMISSION;
        Actor admission = Actor.admission(asked.program());
        if (isIgnored(warClass, asked.path(), mark.actor(), admission)) {
            return;
        }
        FieldHistory field = field(asked.path());
        Round round = new Round(mark, asked.program(), asked.asked(), asked.stored());
        List<Round> counting = field.addRound(round, rules.reversals(), rules.window());
        Dispute open = disputeOver(asked.path(), warClass);
        Party actor = Party.of(mark.side());
        if (open != null && (open.party(actor) != null || !counting.isEmpty())) {
            open.join(actor);
            open.count(actor, mark, true);
            proveRound(open, round, asked.path());
            touched.add(open);
        } else if (open == null && !counting.isEmpty()) {
            List<Proof> proofs = new ArrayList<>();
            counting.forEach(r -> proofs.add(new Proof(r.mark(), asked.path(), r.asked(), r.stored())));
            Mark first = counting.get(0).mark();
            fits.add(new Fit(
                    warClass, asked.path(), List.of(actor, Party.admission(asked.program())), first, first.time(), proofs));
        }
    }

    private static void proveRound(Dispute dispute, Round round, String path) {
        dispute.prove(new Proof(round.mark(), path, round.asked(), round.stored()));
        dispute.insist(Party.of(round.mark().side()), path, round.asked(), round.mark().sequence());
        for (Party party : dispute.parties) {
            if (party.side() == null) {
                dispute.insist(party, path, round.stored(), round.mark().sequence());
            }
        }
    }

    // Rules without fields

    private void judgeHandOver(Part part, Mark mark) {
        HandOvers pair = handOvers[part.ordinal()];
        Mark before = pair.take(mark);
        if (before == null || isIgnored(WarClass.SUSPECTED, "", before.actor(), mark.actor())) {
            return;
        }
        boolean enough = pair.add(before, mark, rules.suspectedHandOvers(), rules.shortSpan());
        if (!enough || isAtWar()) {
            return;
        }
        boolean asInstances = before.side() == mark.side();
        Dispute open = disputeOf(WarClass.SUSPECTED, part.name());
        boolean opening = open == null;
        if (open == null) {
            Mark first = pair.between(before, mark).get(0);
            open = open(WarClass.SUSPECTED, part.name(), first, first.time());
        }
        for (Mark writer : pair.contenders(rules.suspectedShare(), rules.shortSpan(), mark.time())) {
            open.join(Party.of(writer, asInstances));
        }
        for (Mark write : opening ? pair.between(before, mark) : List.of(mark)) {
            open.count(Party.of(write, asInstances), write, false);
            open.prove(new Proof(write, null, null, null));
        }
        touched.add(open);
    }

    private void judgeHotLoop(Observation o, Mark mark) {
        boolean hot = everywhere.reached(rules.hotLoopWrites(), rules.hotLoopSpan(), mark.time());
        if (!hot || isAtWar() || isIgnored(WarClass.HOT_LOOP, "", mark.actor())) {
            return;
        }
        Party by = Party.of(mark, true);
        Dispute open = disputeOf(WarClass.HOT_LOOP, mark.actor().instance());
        if (open == null) {
            Mark first = everywhere.first();
            open = open(WarClass.HOT_LOOP, mark.actor().instance(), first, first.time());
            open.join(by);
            open.certain = true;
            open.countTo(everywhere.length() - 1, mark);
            open.prove(new Proof(first, null, null, null));
        }
        open.count(by, mark, true);
        proveWrite(open, o, mark);
        touched.add(open);
    }

    /** A hot loop has no contested field; the ones it keeps writing are shown all the same. */
    private static void proveWrite(Dispute dispute, Observation o, Mark mark) {
        if (o.changes().isEmpty()) {
            dispute.prove(new Proof(mark, null, null, null));
            return;
        }
        for (FieldChange change : o.changes()) {
            if (!change.derived() && (dispute.fields.size() < 4 || dispute.fields.contains(change.path()))) {
                dispute.contest(change.path());
                dispute.prove(new Proof(mark, change.path(), change.from(), change.to()));
                dispute.insist(Party.of(mark, true), change.path(), change.to(), mark.sequence());
            }
        }
    }

    private static final Set<Integer> EXCUSED = Set.of(401, 404, 429);

    private void judgeRejection(Observation o, Mark mark) {
        var rejection = o.rejection();
        if (rejection == null || EXCUSED.contains(rejection.code()) || rejection.reason().equals("AlreadyExists")) {
            return;
        }
        Side side = mark.side();
        side.rejected(mark.time(), rules.rejections());
        Dispute open = disputeOf(WarClass.REJECTED, side.account + " " + side.program());
        boolean storm = side.rejections.reached(rules.rejections(), rules.shortSpan(), mark.time())
                && side.acceptedLately.sum(mark.time()) * (long) rules.rejectedPerAccepted()
                        < side.rejectedLately.sum(mark.time());
        if (!storm || isAtWar() || isIgnored(WarClass.REJECTED, "", mark.actor())) {
            return;
        }
        if (open == null) {
            open = open(WarClass.REJECTED, side.account + " " + side.program(), mark, side.rejections.first());
            open.join(Party.of(side));
            open.certain = true;
            open.countTo(rules.rejections() - 1L, mark);
        }
        // Losing a race says less than being refused for a reason.
        boolean race = rejection.code() == 409 && rejection.managers().isEmpty();
        if (open.rejection == null || !race) {
            open.rejection = rejection;
        }
        rejection.fields().forEach(open::contest);
        open.count(Party.of(side), mark, true);
        open.prove(new Proof(mark, null, null, null));
        touched.add(open);
    }

    // Disputes

    private boolean isAtWar() {
        for (Dispute dispute : disputes) {
            if (dispute.warClass.isWar() && dispute.endedAt() == null) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Dispute disputeOver(String path, WarClass... classes) {
        for (Dispute dispute : disputes) {
            for (WarClass c : classes) {
                if (dispute.warClass == c && dispute.fields.contains(path)) {
                    return dispute;
                }
            }
        }
        return null;
    }

    private @Nullable Dispute disputeOf(WarClass warClass, String key) {
        for (Dispute dispute : disputes) {
            if (dispute.warClass == warClass && dispute.key.equals(key)) {
                return dispute;
            }
        }
        return null;
    }

    /** Every change of a contested field is evidence, and tells what its writer insists on. */
    private void follow(WarClass warClass, String path, Mark mark, FieldValue from, FieldValue to, boolean attributed) {
        Dispute dispute = disputes.isEmpty() || !attributed ? null : disputeOver(path, warClass);
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

    /** Turns what fits into disputes: the least path first, so that the id does not depend on how fields are walked. */
    private void settle() {
        if (fits.isEmpty()) {
            return;
        }
        fits.sort(java.util.Comparator.comparing((Fit f) -> f.warClass()).thenComparing(Fit::path));
        for (Fit fit : List.copyOf(fits)) {
            if ((!fit.warClass().isWar() && isAtWar()) || isJudgedAbove(fit)) {
                continue;
            }
            Dispute dispute = disputeOver(fit.path(), fit.warClass());
            if (dispute == null) {
                dispute = joinable(fit);
            }
            if (dispute == null) {
                dispute = open(fit.warClass(), fit.path(), fit.first(), fit.since());
            }
            fit.parties().forEach(dispute::join);
            dispute.contest(fit.path());
            recount(dispute, fit);
            touched.add(dispute);
        }
        if (isAtWar()) {
            withdrawFindings();
        }
    }

    /** Whether a class further up has the field already: the rules are judged top down. */
    private boolean isJudgedAbove(Fit fit) {
        return switch (fit.warClass()) {
            case SPLIT_BRAIN -> disputeOver(fit.path(), WarClass.TUG_OF_WAR) != null;
            case CONTENTION, FLIP_FLOP -> disputeOver(fit.path(), WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN) != null;
            default -> false;
        };
    }

    private @Nullable Dispute joinable(Fit fit) {
        for (Dispute dispute : disputes) {
            if (dispute.warClass == fit.warClass() && dispute.hasParties(fit.parties())) {
                return dispute;
            }
        }
        return null;
    }

    /** Brings what was remembered of the field before it fitted into the dispute. */
    private void recount(Dispute dispute, Fit fit) {
        if (!fit.proofs().isEmpty()) {
            for (Proof proof : fit.proofs()) {
                FieldValue asked = proof.from() == null ? FieldValue.ABSENT : proof.from();
                FieldValue stored = proof.to() == null ? FieldValue.ABSENT : proof.to();
                dispute.count(Party.of(proof.mark().side()), proof.mark(), true);
                proveRound(dispute, new Round(proof.mark(), "", asked, stored), fit.path());
            }
            return;
        }
        FieldHistory field = fit.path().equals(FieldPath.OBJECT) ? existence : fields.get(fit.path());
        field = field == null ? lists.get(fit.path()) : field;
        if (field == null) {
            return;
        }
        boolean reordering = fit.warClass() == WarClass.ORDER;
        Set<Mark> counted = field.countedMarks(fit.warClass());
        for (Change change : field.recent(reordering, rules.window(), fit.first().time().plus(rules.window()))) {
            if (!change.attributed()) {
                continue;
            }
            Mark mark = change.mark();
            for (Party party : dispute.parties) {
                if (party.is(mark)) {
                    dispute.insist(party, fit.path(), change.to(), mark.sequence());
                    if (counted.contains(mark)) {
                        dispute.count(party, mark, change.confirmed());
                    }
                }
            }
            dispute.prove(new Proof(mark, fit.path(), change.from(), change.to()));
        }
    }

    private Dispute open(WarClass warClass, String path, Mark first, @Nullable Instant since) {
        Dispute made = new Dispute(
                WarId.of(object, path, first.auditID()), warClass, path, since == null ? first.time() : since);
        if (disputes.size() >= rules.disputesPerObject()) {
            disputes.remove(0);
            forgotten++;
        }
        disputes.add(made);
        return made;
    }

    private void withdrawFindings() {
        for (Dispute dispute : List.copyOf(disputes)) {
            if (!dispute.warClass.isWar()) {
                disputes.remove(dispute);
                withdrawn.add(dispute);
                touched.add(dispute);
            }
        }
    }

    private final Set<Dispute> withdrawn = new LinkedHashSet<>(0);

    private List<Verdict> verdicts(Instant now) {
        if (touched.isEmpty()) {
            return List.of();
        }
        List<Verdict> verdicts = new ArrayList<>(touched.size());
        for (Dispute dispute : touched) {
            dispute.revision++;
            verdicts.add(new Verdict(
                    Snapshot.of(dispute, object, uid, muted, rules),
                    withdrawn.remove(dispute),
                    dispute.lately.sum(now),
                    dispute.lastGap()));
        }
        return verdicts;
    }

    /** Whether anything here may still matter; if not, forgetting the object loses nothing but its baseline. */
    public boolean isAtPeace() {
        return disputes.isEmpty();
    }

    /** What had to be forgotten because there was too much of it: fields and disputes. */
    public long forgotten() {
        return forgotten;
    }

    /** Roughly how many bytes of memory this holds. */
    public int weight() {
        int weight = 800 + disputes.size() * 6_000;
        for (FieldHistory field : fields.values()) {
            weight += field.weight();
        }
        return weight;
    }
}
