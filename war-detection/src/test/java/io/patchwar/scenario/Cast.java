package io.patchwar.scenario;

import io.patchwar.scenario.cluster.ApiKind;
import io.patchwar.scenario.cluster.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Reads kinds and actors: those of {@code cast.yaml} that every scenario knows, and those of a scenario alone. */
record Cast(Map<String, ApiKind> kinds, Map<String, Caller> actors) {

    static Cast read(Section file) {
        Cast cast = new Cast(kinds(file), actors(file));
        file.close();
        return cast;
    }

    static Map<String, ApiKind> kinds(Section file) {
        Map<String, ApiKind> kinds = new LinkedHashMap<>();
        for (Section kind : file.sections("kinds")) {
            ApiKind read = kind(kind);
            kinds.put(read.resource(), read);
        }
        return kinds;
    }

    private static ApiKind kind(Section kind) {
        Map<String, Map<String, String>> versions = new LinkedHashMap<>();
        Section others = kind.section("versions");
        for (String version : others.keys()) {
            Section moved = others.section(version);
            Map<String, String> fields = new LinkedHashMap<>();
            moved.keys().forEach(field -> fields.put(field, moved.text(field)));
            versions.put(version, fields);
        }
        ApiKind read = new ApiKind(
                Objects.requireNonNull(kind.textOr("group", "")),
                kind.text("version"),
                kind.text("kind"),
                kind.text("resource"),
                !kind.flag("cluster-scoped"),
                kind.flag("custom"),
                versions);
        kind.close();
        return read;
    }

    static Map<String, Caller> actors(Section file) {
        Map<String, Caller> actors = new LinkedHashMap<>();
        Section cast = file.section("actors");
        for (String name : cast.keys()) {
            Section actor = cast.section(name);
            actors.put(
                    name,
                    new Caller(
                            actor.text("account"),
                            actor.texts("groups"),
                            actor.textOr("agent", null),
                            actor.textOr("pod", null),
                            actor.textOr("manager", null),
                            actor.textOr("impersonates", null),
                            Objects.requireNonNull(actor.textOr("address", "192.0.2.10"))));
            actor.close();
        }
        return actors;
    }
}
