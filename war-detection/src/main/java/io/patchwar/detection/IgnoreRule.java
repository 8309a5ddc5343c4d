package io.patchwar.detection;

import io.patchwar.model.Actor;
import io.patchwar.model.Contender;
import io.patchwar.model.Glob;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.WarClass;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that looks like a war and is none. Patterns are texts in which {@code *} stands for anything.
 *
 * @param classes it applies to, empty for all
 * @param resources plural names, with the group after a dot where it matters ({@code deployments.apps}); empty for all
 * @param fields canonical paths; empty for all; not asked where a class has no field
 * @param actors patterns of accounts or programs; empty for all
 * @param everySide whether all sides must be among the actors, or one of them is enough
 * @param reason for whoever reads the list
 * @param shown whether what it covers is shown as muted; else nothing is said of it at all
 * @param until when it ends, by the clock of the object's own cluster; null if never
 */
public record IgnoreRule(
        Set<WarClass> classes,
        List<String> resources,
        List<String> fields,
        List<String> actors,
        boolean everySide,
        String reason,
        boolean shown,
        @Nullable Instant until) {
    public IgnoreRule {
        classes = Set.copyOf(classes);
        resources = List.copyOf(resources);
        fields = List.copyOf(fields);
        actors = List.copyOf(actors);
    }

    /** Whether it holds still. */
    public boolean holds(Instant now) {
        return until == null || now.isBefore(until);
    }

    /** Whether it covers a war or finding between these contenders, all of whose fields are among the rule's. */
    boolean mutes(WarClass warClass, ObjectRef object, Collection<String> contested, List<Contender> contenders) {
        return (classes.isEmpty() || classes.contains(warClass))
                && (resources.isEmpty() || coversResource(object))
                && (fields.isEmpty() || contested.stream().allMatch(f -> Glob.anyMatches(fields, f)))
                && (actors.isEmpty()
                        || (everySide
                                ? contenders.stream().allMatch(this::isNamed)
                                : contenders.stream().anyMatch(this::isNamed)));
    }

    private boolean isNamed(Contender contender) {
        return Glob.anyMatches(actors, contender.account()) || Glob.anyMatches(actors, contender.program());
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
