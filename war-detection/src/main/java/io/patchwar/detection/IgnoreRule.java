package io.patchwar.detection;

import io.patchwar.model.Actor;
import io.patchwar.model.Glob;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.WarClass;
import java.util.List;
import java.util.Set;

/**
 * A protocol that looks like a war and is none. Patterns are texts in which {@code *} stands for anything.
 *
 * @param classes it applies to, empty for all
 * @param resources plural names, with the group after a dot where it matters ({@code deployments.apps}); empty for all
 * @param fields canonical paths; empty for all; not asked where a class has no field
 * @param actors patterns of accounts or programs; empty for all
 * @param everySide whether all sides must be among the actors, or one of them is enough
 * @param reason for whoever reads the list
 */
public record IgnoreRule(
        Set<WarClass> classes,
        List<String> resources,
        List<String> fields,
        List<String> actors,
        boolean everySide,
        String reason) {
    public IgnoreRule {
        classes = Set.copyOf(classes);
        resources = List.copyOf(resources);
        fields = List.copyOf(fields);
        actors = List.copyOf(actors);
    }

    /** Whether the rule covers what these sides do to this field. */
    boolean covers(WarClass warClass, ObjectRef object, String field, List<Actor> sides) {
        return (classes.isEmpty() || classes.contains(warClass))
                && (resources.isEmpty() || coversResource(object))
                && (fields.isEmpty() || field.isEmpty() || Glob.anyMatches(fields, field))
                && (actors.isEmpty() || coversSides(sides));
    }

    private boolean coversResource(ObjectRef object) {
        String qualified = object.group().isEmpty() ? object.resource() : object.resource() + "." + object.group();
        return Glob.anyMatches(resources, object.resource()) || Glob.anyMatches(resources, qualified);
    }

    private boolean coversSides(List<Actor> sides) {
        if (everySide) {
            return sides.stream().allMatch(this::isNamed);
        }
        return sides.stream().anyMatch(this::isNamed);
    }

    private boolean isNamed(Actor actor) {
        return Glob.anyMatches(actors, actor.account()) || Glob.anyMatches(actors, actor.program());
    }
}
