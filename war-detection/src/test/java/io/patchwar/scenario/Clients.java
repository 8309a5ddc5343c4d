package io.patchwar.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.scenario.cluster.Caller;
import io.patchwar.scenario.cluster.Edit;
import io.patchwar.scenario.cluster.FieldAddress;
import io.patchwar.scenario.cluster.Reply;
import io.patchwar.scenario.cluster.Request;
import io.patchwar.scenario.cluster.ScenarioCluster;
import io.patchwar.scenario.cluster.WriteStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The actors' side: what each has seen, what each applies, and how each words a request. */
final class Clients {

    private record Seen(String actor, String object) {}

    private record Applied(String manager, String object, String via) {}

    private final Map<String, Caller> actors;
    private final ScenarioCluster cluster;
    private final @Nullable WriteStyle variant;
    private final Map<String, JsonNode> firstMade = new HashMap<>();
    private final Map<String, ObjectNode> atStart = new HashMap<>();
    private final Map<Seen, ObjectNode> seen = new HashMap<>();
    private final Map<Applied, ObjectNode> applied = new HashMap<>();
    /** The name of what each actor made last: what {@code <made>} in an object's name stands for. */
    private final Map<String, String> made = new HashMap<>();

    Clients(Map<String, Caller> actors, ScenarioCluster cluster, @Nullable WriteStyle variant) {
        this.actors = actors;
        this.cluster = cluster;
        this.variant = variant;
    }

    /** What every actor knows before it has written anything. */
    void lookAround(List<Scenario.Present> objects) {
        for (Scenario.Present each : objects) {
            Target on = each.on();
            firstMade.put(on.toString(), each.body());
            atStart.put(
                    on.toString(),
                    Objects.requireNonNull(cluster.get(on.kind(), on.kind().version(), on.namespace(), on.name())));
        }
    }

    void saw(Step.Write write, Reply reply) {
        if (reply.accepted()
                && write.via().isEmpty()
                && reply.body().path("metadata").has("uid")) {
            seen.put(new Seen(write.by(), write.on().toString()), reply.body().deepCopy());
        }
        if (reply.code() == 201) {
            made.put(write.by(), reply.body().path("metadata").path("name").asText());
        }
    }

    Request plain(Caller by, String verb, @Nullable WriteStyle style, Target on, String via, JsonNode body) {
        return new Request(
                by,
                verb,
                style,
                on.kind(),
                on.kind().version(),
                on.namespace(),
                on.name(),
                via,
                body,
                null,
                false,
                false,
                null);
    }

    Request request(Step.Write write, Template template) {
        Caller by = Objects.requireNonNull(actors.get(write.by()));
        String how = write.how();
        boolean unstyled = how != null
                && List.of("create", "delete", "deletecollection", "evict").contains(how);
        WriteStyle style = unstyled ? null : how == null ? variant : WriteStyle.named(how);
        if (style == null && !unstyled) {
            throw new IllegalArgumentException("a write says not how, and there are no variants: " + write);
        }
        String manager = write.manager() == null ? by.manager() : write.manager();
        if (style == WriteStyle.APPLY && manager == null) {
            manager = by.agent() == null ? "unknown" : by.agent().split("/", 2)[0];
        }
        String verb = style == WriteStyle.PUT ? "update" : style != null ? "patch" : Objects.requireNonNull(how);
        JsonNode body = style == null ? unstyled(write, verb, template) : styled(write, style, manager, template);
        Target on = write.on();
        return new Request(
                by,
                verb.equals("evict") ? "create" : verb,
                style,
                on.kind(),
                write.version(),
                on.namespace(),
                verb.equals("create") && body != null
                        ? body.path("metadata").path("name").asText("")
                        : name(write, template),
                verb.equals("evict") ? "eviction" : write.via(),
                body,
                manager,
                style == WriteStyle.APPLY && (write.force() || how == null),
                write.dryRun(),
                mishap(write.fate()));
    }

    private static Request.@Nullable Mishap mishap(String fate) {
        return switch (fate) {
            case "" -> null;
            case "hidden" -> new Request.Hidden();
            case "truncated" -> new Request.Truncated();
            case "panic" -> new Request.Broken(500, "Panic", true);
            case "closed" -> new Request.Broken(200, "Closed", true);
            case "timeout, stored" -> new Request.Broken(504, "ResponseComplete", true);
            case "timeout, lost" -> new Request.Broken(504, "ResponseComplete", false);
            case "throttled" -> new Request.Broken(429, "ResponseComplete", false);
            default -> throw new IllegalArgumentException("no such fate of a write: " + fate);
        };
    }

    private @Nullable JsonNode unstyled(Step.Write write, String verb, Template template) {
        Target on = write.on();
        JsonNode body = write.body() == null ? null : template.fill(write.body());
        if (verb.equals("create") && body == null) {
            body = firstMade.get(on.toString());
        }
        if (verb.equals("create")) {
            boolean generated = body != null && body.path("metadata").has("generateName");
            ObjectNode object = head(write, generated ? "" : name(write, template));
            if (body != null) {
                merge(object, body);
            }
            return object;
        }
        if (verb.equals("evict")) {
            ObjectNode eviction = JsonNodeFactory.instance.objectNode();
            eviction.put("kind", "Eviction").put("apiVersion", "policy/v1");
            eviction.putObject("metadata").put("name", on.name()).put("namespace", on.namespace());
            return eviction;
        }
        if (write.dryRun()) {
            ObjectNode options = JsonNodeFactory.instance.objectNode();
            options.putArray("dryRun").add("All");
            return options;
        }
        return body;
    }

    private JsonNode styled(Step.Write write, WriteStyle style, @Nullable String manager, Template template) {
        List<Edit> edits = edits(write, template);
        JsonNode body = write.body() == null ? null : template.fill(write.body());
        if (style == WriteStyle.APPLY) {
            return intent(write, Objects.requireNonNull(manager), edits, body, template);
        }
        if (style != WriteStyle.PUT && body != null) {
            return body;
        }
        ObjectNode base = base(write, template);
        ObjectNode metadata = (ObjectNode) base.get("metadata");
        if (write.unlocked()) {
            metadata.remove("resourceVersion");
        }
        if (body != null) {
            ObjectNode rendered = head(write, name(write, template));
            for (String name : List.of("uid", "resourceVersion")) {
                if (metadata.has(name)) {
                    rendered.withObject("/metadata").set(name, metadata.get(name));
                }
            }
            merge(rendered, body);
            base = rendered;
        }
        return write.whole() ? WriteStyle.PUT.body(base, edits) : style.body(base, edits);
    }

    /** All that this manager declares, after this write: an apply always sends the whole of it. */
    private ObjectNode intent(
            Step.Write write, String manager, List<Edit> edits, @Nullable JsonNode body, Template template) {
        Applied key = new Applied(manager, write.on().toString(), write.via());
        ObjectNode intent = head(write, name(write, template));
        if (body != null) {
            merge(intent, body);
        } else if (applied.containsKey(key)) {
            intent = Objects.requireNonNull(applied.get(key)).deepCopy();
        }
        intent = (ObjectNode) WriteStyle.APPLY.body(intent, edits);
        applied.put(key, intent);
        return intent.deepCopy();
    }

    private ObjectNode base(Step.Write write, Template template) {
        Target on = write.on();
        String name = name(write, template);
        ObjectNode base = write.via().equals("scale")
                ? cluster.getScale(on.kind(), on.namespace(), name)
                : cluster.get(on.kind(), write.version(), on.namespace(), name);
        if (write.own()) {
            base = seen.getOrDefault(new Seen(write.by(), on.toString()), atStart.get(on.toString()));
        }
        if (base == null) {
            // A write to what is not there: the server will say so.
            return head(write, name);
        }
        return base.deepCopy();
    }

    private String name(Step.Write write, Template template) {
        return template.fill(write.on().name()).replace("<made>", made.getOrDefault(write.by(), ""));
    }

    private static ObjectNode head(Step.Write write, String name) {
        return write.on().kind().head(write.version(), write.on().namespace(), name);
    }

    private static List<Edit> edits(Step.Write write, Template template) {
        List<Edit> edits = new ArrayList<>();
        write.remove().forEach(at -> edits.add(new Edit(FieldAddress.parse(template.fill(at)), null)));
        write.set()
                .forEach((at, value) ->
                        edits.add(new Edit(FieldAddress.parse(template.fill(at)), template.fill(value))));
        return edits;
    }

    /** Lays one tree over another: objects merge, everything else is replaced. */
    static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(each -> {
            if (each.getValue() instanceof ObjectNode object && into.get(each.getKey()) instanceof ObjectNode held) {
                merge(held, object);
            } else {
                JsonNode value = each.getValue();
                into.set(each.getKey(), value.deepCopy());
            }
        });
    }
}
