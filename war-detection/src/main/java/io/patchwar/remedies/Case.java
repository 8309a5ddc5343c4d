package io.patchwar.remedies;

import io.patchwar.model.Contender;
import io.patchwar.model.Glob;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The wars that a remedy is for. Nothing given fits everything; in all patterns {@code *} stands for anything.
 *
 * @param classes of war
 * @param resources plural names, with the group after a dot where it matters
 * @param fields one of the war's fields must be among them
 * @param actors for each entry, some contender must be one of its patterns, by account or program
 */
record Case(
        Set<WarClass> classes, List<String> resources, List<String> fields, List<List<String>> actors, Remedy remedy) {

    static Builder when(WarClass... classes) {
        return new Builder(Set.of(classes));
    }

    boolean fits(War war) {
        return (classes.isEmpty() || classes.contains(war.warClass()))
                && (resources.isEmpty() || fitsResource(war.object()))
                && (fields.isEmpty() || war.fields().stream().anyMatch(f -> Glob.anyMatches(fields, f)))
                && actors.stream().allMatch(one -> war.contenders().stream().anyMatch(c -> isOneOf(one, c)));
    }

    private boolean fitsResource(ObjectRef object) {
        return Glob.anyMatches(resources, object.resource())
                || (!object.group().isEmpty() && Glob.anyMatches(resources, object.resource() + "." + object.group()));
    }

    private static boolean isOneOf(List<String> patterns, Contender contender) {
        return Glob.anyMatches(patterns, contender.account()) || Glob.anyMatches(patterns, contender.program());
    }

    /** Reads as a sentence: when these classes, of these resources, over these fields, with these actors: do this. */
    static final class Builder {
        private final Set<WarClass> classes;
        private List<String> resources = List.of();
        private List<String> fields = List.of();
        private final List<List<String>> actors = new ArrayList<>();

        private Builder(Set<WarClass> classes) {
            this.classes = classes;
        }

        Builder of(String... some) {
            resources = List.of(some);
            return this;
        }

        Builder over(String... some) {
            fields = List.of(some);
            return this;
        }

        /** One contender that must be there, by any of these patterns. */
        Builder with(String... patterns) {
            actors.add(List.of(patterns));
            return this;
        }

        Case then(String id, String cause, String... steps) {
            return new Case(classes, resources, fields, List.copyOf(actors), new Remedy(id, cause, List.of(steps)));
        }
    }
}
