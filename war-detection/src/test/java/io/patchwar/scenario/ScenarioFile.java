package io.patchwar.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.patchwar.scenario.Scenario.Present;
import io.patchwar.scenario.Verdict.Expected;
import io.patchwar.scenario.cluster.Admission;
import io.patchwar.scenario.cluster.ApiKind;
import io.patchwar.scenario.cluster.AuditLevel;
import io.patchwar.scenario.cluster.Caller;
import io.patchwar.scenario.cluster.FieldAddress;
import io.patchwar.scenario.cluster.WriteStyle;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one scenario file. Its words are explained in {@code scenarios/README.md}, beside the files. */
final class ScenarioFile {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Map<String, ApiKind> kinds;
    private final Map<String, Caller> actors;
    private final String id;
    private final Section file;
    private final List<Present> objects = new ArrayList<>();

    /**
     * @param cast the kinds and actors that every scenario knows
     */
    ScenarioFile(String id, InputStream yaml, Cast cast) throws IOException {
        this.id = id;
        this.file = new Section(YAML.readTree(yaml), id);
        this.kinds = new LinkedHashMap<>(cast.kinds());
        this.actors = new LinkedHashMap<>(cast.actors());
    }

    Scenario read() {
        kinds.putAll(Cast.kinds(file));
        actors.putAll(Cast.actors(file));
        for (Section object : file.sections("objects")) {
            JsonNode body = body(object);
            objects.add(new Present(
                    target(object, "object"),
                    body == null ? JsonNodeFactory.instance.objectNode() : body,
                    object.textOr("by", null)));
            object.close();
        }
        List<Admission.Rule> cluster =
                file.sections("cluster").stream().map(this::rule).toList();
        List<Step> steps = file.sections("steps").stream().map(this::step).toList();
        List<WriteStyle> variants =
                file.texts("variants").stream().map(WriteStyle::named).toList();
        Scenario scenario = new Scenario(
                id,
                file.text("name"),
                file.text("says"),
                file.text("source"),
                objects,
                actors,
                cluster,
                steps,
                variants,
                verdicts());
        file.close();
        return scenario;
    }

    /** An alias would be read as its name: bodies are written out. */
    private static @Nullable JsonNode body(Section section) {
        JsonNode body = section.get("body");
        if (body != null && !body.isContainerNode()) {
            throw section.wrong("body should be a mapping or a list, is: " + body);
        }
        return body;
    }

    private Target target(Section section, String key) {
        try {
            return Target.parse(section.text(key), kinds);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    section.wrong(String.valueOf(e.getMessage())).getMessage(), e);
        }
    }

    /** The object that is named, or the only one there is. */
    private Target targetOrOnly(Section section) {
        if (section.has("object")) {
            return target(section, "object");
        }
        if (objects.size() != 1) {
            throw section.wrong("needs object, for there is not exactly one");
        }
        return objects.get(0).on();
    }

    private Step step(Section section) {
        Step.Deed deed;
        if (section.has("steps")) {
            deed = new Step.Group(
                    section.sections("steps").stream().map(this::step).toList());
        } else if (section.has("etcd")) {
            deed = new Step.Etcd(section.text("etcd"));
        } else {
            deed = write(section);
        }
        Step step = new Step(section.duration("at"), section.duration("every"), section.number("times", 1), deed);
        if (step.times() > 1 && step.every().isZero()) {
            throw section.wrong("repeats without saying every how long");
        }
        section.close();
        return step;
    }

    private Step.Write write(Section section) {
        String by = section.text("by");
        if (!actors.containsKey(by)) {
            throw section.wrong("no such actor: " + by);
        }
        Target on = targetOrOnly(section);
        Map<String, JsonNode> set = new LinkedHashMap<>();
        Section values = section.section("set");
        values.keys().forEach(key -> set.put(key, Objects.requireNonNull(values.get(key))));
        return new Step.Write(
                by,
                on,
                section.textOr("how", null),
                Objects.requireNonNull(section.textOr("via", "")),
                section.flag("force"),
                set,
                section.texts("remove"),
                body(section),
                section.flag("whole"),
                section.flag("own"),
                section.flag("unlocked"),
                section.flag("dryRun"),
                Objects.requireNonNull(section.textOr("version", on.kind().version())),
                section.textOr("manager", null),
                Objects.requireNonNull(section.textOr("fate", "")),
                section.number("answers", 0));
    }

    private Admission.Rule rule(Section section) {
        Target on = targetOrOnly(section);
        String resource = on.kind().resource();
        Admission.Rule rule;
        if (section.has("rewrite")) {
            FieldAddress field = FieldAddress.parse(section.text("rewrite"));
            rule = new Admission.Rewrite(
                    resource, on.path(), field, need(section, "to"), section.textOr("webhook", null));
        } else if (section.has("drop")) {
            FieldAddress field = FieldAddress.parse(section.text("drop"));
            rule = new Admission.Drop(resource, on.path(), field, section.flag("moves"));
        } else if (section.has("allocate")) {
            FieldAddress field = FieldAddress.parse(section.text("allocate"));
            List<JsonNode> values = new ArrayList<>();
            need(section, "values").forEach(values::add);
            rule = new Admission.Allocate(resource, on.path(), field, values);
        } else if (section.has("deny")) {
            String field = section.text("deny");
            rule = new Admission.Deny(
                    resource,
                    on.path(),
                    field.equals("any") ? null : FieldAddress.parse(field),
                    new HashSet<>(accounts(section, "actors")),
                    section.number("code", 422),
                    section.text("reason"),
                    section.text("message"));
        } else if (section.flag("restamp")) {
            rule = new Admission.Restamp(resource, on.path());
        } else {
            throw section.wrong("no rule: needs one of rewrite, drop, allocate, deny, restamp");
        }
        section.close();
        return rule;
    }

    private static JsonNode need(Section section, String key) {
        JsonNode value = section.get(key);
        if (value == null) {
            throw section.wrong("needs " + key);
        }
        return value;
    }

    private Map<AuditLevel, Verdict> verdicts() {
        Map<AuditLevel, Verdict> verdicts = new LinkedHashMap<>();
        Verdict full = verdict(need(file, "expect"), null, id + ", expect");
        verdicts.put(AuditLevel.REQUEST_RESPONSE, full);
        Section levels = file.section("levels");
        for (String level : levels.keys()) {
            verdicts.put(AuditLevel.named(level), verdict(need(levels, level), full, id + ", levels " + level));
        }
        return verdicts;
    }

    private Verdict verdict(JsonNode node, @Nullable Verdict full, String place) {
        if (node.isTextual()) {
            return verdict(node.asText(), full, place);
        }
        Section section = new Section(node, place);
        Verdict verdict = new Verdict(
                section.sections("wars").stream().map(this::expected).toList(),
                section.sections("findings").stream().map(this::expected).toList(),
                section.sections("may").stream().map(this::expected).toList());
        section.close();
        return verdict;
    }

    private static Verdict verdict(String word, @Nullable Verdict full, String place) {
        if (word.equals("silent")) {
            return Verdict.SILENT;
        }
        if (full == null) {
            throw new IllegalArgumentException(place + ": no such verdict: " + word);
        }
        return switch (word) {
            case "same" -> full;
            case "inferred" -> full.inferred();
            case "suspected" -> full.suspected();
            default -> throw new IllegalArgumentException(place + ": no such verdict: " + word);
        };
    }

    private Expected expected(Section section) {
        Expected expected = new Expected(
                section.text("class"),
                targetOrOnly(section),
                section.textOr("field", null),
                accounts(section, "actors"),
                section.textOr("confidence", null),
                section.textOr("state", null));
        section.close();
        return expected;
    }

    private List<String> accounts(Section section, String key) {
        return section.texts(key).stream()
                .map(name -> {
                    Caller caller = actors.get(name);
                    if (caller == null && !name.equals("admission")) {
                        throw section.wrong("no such actor: " + name);
                    }
                    return caller == null ? name : Objects.requireNonNullElse(caller.impersonated(), caller.account());
                })
                .toList();
    }
}
