package io.patchwar.detection;

import io.patchwar.model.Actor;
import io.patchwar.model.AskedChange;
import io.patchwar.model.Confidence;
import io.patchwar.model.FieldChange;
import io.patchwar.model.FieldChange.Owner;
import io.patchwar.model.FieldValue;
import io.patchwar.model.FieldValue.Shape;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.Observation.Existence;
import io.patchwar.model.Observation.Kind;
import io.patchwar.model.Observation.Shown;
import io.patchwar.model.Part;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells the past of one object, write by write, and what the judge makes of it. */
final class Story {
    static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");

    private final ObjectHistory history;
    private final Map<String, FieldValue> fields = new HashMap<>();
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private Instant now = BEGIN;
    private int writes;

    Story() {
        this(DetectionRules.DEFAULT);
    }

    Story(DetectionRules rules) {
        history = new ObjectHistory(new ObjectRef("default", "apps", "deployments", "shop", "cart"), rules);
    }

    static Actor pod(String account, String pod) {
        return new Actor("system:serviceaccount:" + account, account, pod, true);
    }

    static Actor program(String account) {
        return pod(account, account + "-0");
    }

    static FieldValue value(Object value) {
        String text = String.valueOf(value);
        Shape shape = value instanceof Number ? Shape.NUMBER : Shape.TEXT;
        return FieldValue.of(text, text.hashCode() + 1000L, text.hashCode() + 1000L, shape);
    }

    /** A list of which only the order matters. */
    static FieldValue list(String... items) {
        long sum = 0;
        for (String item : items) {
            sum += item.hashCode();
        }
        String text = String.join(",", items);
        return FieldValue.of(text, text.hashCode() + 5000L, sum, Shape.LIST);
    }

    Story after(Duration time) {
        now = now.plus(time);
        return this;
    }

    Story after(long seconds) {
        return after(Duration.ofSeconds(seconds));
    }

    Story sets(String account, String field, Object value) {
        return sets(program(account), field, value);
    }

    Story sets(Actor actor, String field, Object value) {
        return sets(actor, Map.of(field, value instanceof FieldValue v ? v : value(value)), Owner.ACTOR);
    }

    Story setsAll(Actor actor, Map<String, FieldValue> values) {
        return sets(actor, values, Owner.ACTOR);
    }

    /** A change that comes with this actor's write and is not its own. */
    Story carries(Actor actor, String field, Object value) {
        return sets(actor, Map.of(field, value(value)), Owner.NOBODY);
    }

    Story removes(String account, String field) {
        return sets(program(account), Map.of(field, FieldValue.ABSENT), Owner.ACTOR);
    }

    private Story sets(Actor actor, Map<String, FieldValue> values, Owner owner) {
        List<FieldChange> changes = new ArrayList<>();
        Part part = Part.MAIN;
        for (Map.Entry<String, FieldValue> e : values.entrySet()) {
            FieldValue from = fields.getOrDefault(e.getKey(), FieldValue.ABSENT);
            if (!from.same(e.getValue())) {
                boolean item = e.getKey().endsWith("]")
                        && (from.isAbsent() || e.getValue().isAbsent());
                String list = item ? e.getKey().substring(0, e.getKey().lastIndexOf('[')) : null;
                changes.add(new FieldChange(
                        e.getKey(), from, e.getValue(), owner, Confidence.CONFIRMED, false, list, null));
            }
            fields.put(e.getKey(), e.getValue());
            part = e.getKey().startsWith("status") ? Part.STATUS : Part.MAIN;
        }
        Kind kind = changes.isEmpty() ? Kind.NO_OP : Kind.CHANGED;
        return judge(actor, "update", part, kind, Existence.UNCHANGED, changes, List.of(), false);
    }

    Story asksInVain(String account, String field, Object asked, Object stored) {
        AskedChange round = new AskedChange(field, value(asked), value(stored), "guard.example.com");
        return judge(
                program(account),
                "update",
                Part.MAIN,
                Kind.NO_OP,
                Existence.UNCHANGED,
                List.of(),
                List.of(round),
                false);
    }

    Story writesNothing(String account, Part part) {
        return judge(program(account), "update", part, Kind.NO_OP, Existence.UNCHANGED, List.of(), List.of(), false);
    }

    Story deletes(String account) {
        return judge(
                program(account), "delete", Part.MAIN, Kind.CHANGED, Existence.DELETED, List.of(), List.of(), false);
    }

    Story creates(String account, boolean owned) {
        fields.clear();
        return judge(
                program(account), "create", Part.MAIN, Kind.CHANGED, Existence.CREATED, List.of(), List.of(), owned);
    }

    private Story judge(
            Actor actor,
            String verb,
            Part part,
            Kind kind,
            Existence existence,
            List<FieldChange> changes,
            List<AskedChange> asked,
            boolean owned) {
        String id = "audit-" + writes++;
        record(history.judge(new Observation(
                now,
                id,
                String.valueOf(100 + writes),
                "uid",
                existence == Existence.CREATED,
                actor,
                verb,
                part,
                kind,
                Shown.WRITTEN,
                owned,
                existence,
                changes,
                asked,
                null,
                null,
                1000)));
        return this;
    }

    Story passes(Duration time) {
        now = now.plus(time);
        record(history.passTime(now));
        return this;
    }

    private void record(List<Verdict> some) {
        for (Verdict verdict : some) {
            if (verdict.withdrawn()) {
                verdicts.remove(verdict.id());
            } else {
                verdicts.put(verdict.id(), verdict);
            }
        }
    }

    List<War> said() {
        return verdicts.values().stream().map(Verdict::war).toList();
    }

    List<WarClass> classes() {
        return said().stream().map(War::warClass).toList();
    }

    War war() {
        List<War> said = said();
        if (said.size() != 1) {
            throw new AssertionError("one war expected: " + said);
        }
        return said.get(0);
    }
}
