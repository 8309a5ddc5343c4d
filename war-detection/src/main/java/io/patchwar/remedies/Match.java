package io.patchwar.remedies;

import io.patchwar.model.Contender;
import io.patchwar.model.Glob;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Rejection;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The wars that a remedy is for. Nothing given fits everything; in all patterns {@code *} stands for anything.
 *
 * @param classes of war or finding
 * @param resources plural names, with the group after a dot where it matters
 * @param names of objects
 * @param fields one of the war's fields must be among them
 * @param contenders for each of them some contender must be one of its patterns, by account or program
 * @param refusals of a rejection: its reason or message, its policy, or a manager that owns the field, must be among them
 */
record Match(
        Set<WarClass> classes,
        List<String> resources,
        List<String> names,
        List<String> fields,
        List<Role> contenders,
        List<String> refusals) {

    /**
     * One side of the war, as the remedy speaks of it.
     *
     * @param as the name by which templates call it
     */
    record Role(String as, List<String> any) {
        boolean isPlayedBy(Contender contender) {
            return Glob.anyMatches(any, contender.account()) || Glob.anyMatches(any, contender.program());
        }
    }

    Match {
        classes = Set.copyOf(classes);
        resources = List.copyOf(resources);
        names = List.copyOf(names);
        fields = List.copyOf(fields);
        contenders = List.copyOf(contenders);
        refusals = List.copyOf(refusals);
    }

    boolean fits(War war) {
        return (classes.isEmpty() || classes.contains(war.warClass()))
                && (resources.isEmpty() || fitsResource(war.object()))
                && (names.isEmpty() || Glob.anyMatches(names, war.object().name()))
                && (fields.isEmpty() || war.fields().stream().anyMatch(f -> Glob.anyMatches(fields, f)))
                && contenders.stream().allMatch(role -> playing(role, war) != null)
                && (refusals.isEmpty() || fitsRefusal(war.rejection()));
    }

    /** For people: {@code tug-of-war over spec.replicas of deployments.apps, with flagger}. */
    String inWords() {
        StringBuilder words =
                new StringBuilder(classes.stream().sorted().map(WarClass::word).collect(Collectors.joining(", ")));
        if (!fields.isEmpty()) {
            words.append(" over ").append(codes(fields));
        }
        if (!resources.isEmpty() || !names.isEmpty()) {
            words.append(" of ").append(codes(resources.isEmpty() ? names : resources));
            words.append(resources.isEmpty() || names.isEmpty() ? "" : " named " + codes(names));
        }
        if (!contenders.isEmpty()) {
            words.append("; with ")
                    .append(contenders.stream().map(role -> codes(role.any())).collect(Collectors.joining(" and ")));
        }
        if (!refusals.isEmpty()) {
            words.append("; refused by ").append(codes(refusals));
        }
        return words.toString();
    }

    private static String codes(List<String> patterns) {
        return patterns.stream().map(p -> "`" + p + "`").collect(Collectors.joining(" or "));
    }

    static @Nullable Contender playing(Role role, War war) {
        for (Contender contender : war.contenders()) {
            if (role.isPlayedBy(contender)) {
                return contender;
            }
        }
        return null;
    }

    private boolean fitsResource(ObjectRef object) {
        return Glob.anyMatches(resources, object.resource())
                || (!object.group().isEmpty() && Glob.anyMatches(resources, object.resource() + "." + object.group()));
    }

    private boolean fitsRefusal(@Nullable Rejection rejection) {
        return rejection != null
                && (Glob.anyMatches(refusals, rejection.reason())
                        || Glob.anyMatches(refusals, rejection.message())
                        || (rejection.policy() != null && refusals.contains("policy"))
                        || (!rejection.managers().isEmpty() && refusals.contains("manager")));
    }
}
