package io.patchwar.remedies;

import io.patchwar.model.Actor;
import io.patchwar.model.Contender;
import io.patchwar.model.Kinds;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Rejection;
import io.patchwar.model.War;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands in for the names in a template: a war's own, or where nothing is known, a word in capitals. */
final class Names {
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    /** Of the object, and of what was refused. */
    static final Set<String> OF_OBJECT =
            Set.of("object", "resource", "kind", "namespace", "name", "scope", "field", "webhook", "manager", "policy");

    /** Of each contender, behind the name of its role and a dot. */
    static final Set<String> OF_CONTENDER = Set.of("account", "program", "namespace", "serviceaccount", "pod");

    /** Roles that every war has: its contenders in their order. */
    static final List<String> ROLES = List.of("one", "other");

    private final Map<String, String> values = new HashMap<>();

    private Names() {}

    /** Words in capitals. */
    static Names unknown() {
        return new Names();
    }

    static Names of(War war, List<Match.Role> roles) {
        Names names = new Names();
        ObjectRef object = war.object();
        String resource = object.group().isEmpty() ? object.resource() : object.resource() + "." + object.group();
        String kind = Kinds.of(object.resource());
        names.put("resource", resource);
        names.put("kind", kind);
        names.put("namespace", object.namespace());
        names.put("name", object.name());
        names.put("object", resource + "/" + object.name());
        names.values.put("scope", object.namespace());
        names.put("field", war.fields().isEmpty() ? "" : war.fields().get(0));
        List<Contender> sides = new ArrayList<>();
        for (Contender contender : war.contenders()) {
            if (contender.account().equals(Actor.ADMISSION)) {
                names.put("webhook", contender.program().equals(Actor.UNKNOWN_PROGRAM) ? "" : contender.program());
            } else {
                sides.add(contender);
            }
        }
        for (int i = 0; i < ROLES.size() && i < sides.size(); i++) {
            names.put(ROLES.get(i), sides.get(i));
        }
        for (Match.Role role : roles) {
            names.put(role.as(), Match.playing(role, war));
        }
        Rejection rejection = war.rejection();
        if (rejection != null) {
            names.put("policy", rejection.policy());
            names.put(
                    "manager",
                    rejection.managers().isEmpty() ? "" : rejection.managers().get(0));
        }
        return names;
    }

    private void put(String role, @Nullable Contender contender) {
        if (contender == null) {
            return;
        }
        put(role + ".account", contender.account());
        put(role + ".program", contender.program().equals(Actor.UNKNOWN_PROGRAM) ? "" : contender.program());
        put(
                role + ".pod",
                contender.instances().isEmpty() ? "" : contender.instances().get(0));
        String account = contender.account();
        int colon = account.indexOf(':', SERVICE_ACCOUNT.length());
        if (account.startsWith(SERVICE_ACCOUNT) && colon > 0) {
            put(role + ".namespace", account.substring(SERVICE_ACCOUNT.length(), colon));
            put(role + ".serviceaccount", account.substring(colon + 1));
        }
    }

    private void put(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            values.put(name, value);
        }
    }

    /** What stands in for that name. */
    String get(String name) {
        String known = values.get(name);
        return known != null ? known : name.toUpperCase(java.util.Locale.ROOT).replace('.', '-');
    }

    /** The namespace of the object; empty where it has none, and null where nothing is known of it. */
    @Nullable
    String scope() {
        return values.get("scope");
    }
}
