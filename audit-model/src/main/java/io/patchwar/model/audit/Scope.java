package io.patchwar.model.audit;

import java.util.Set;

/**
 * Which resources matter. The default leaves out what is written all the time for its own sake: events, leases,
 * and the reviews and tokens of authentication and authorization ({@code detection.md} section 1).
 *
 * @param excludedResources plural names, in any group
 * @param excludedGroups API groups left out whole
 */
public record Scope(Set<String> excludedResources, Set<String> excludedGroups) {

    public static final Scope DEFAULT =
            new Scope(Set.of("events", "leases"), Set.of("authentication.k8s.io", "authorization.k8s.io"));

    public Scope {
        excludedResources = Set.copyOf(excludedResources);
        excludedGroups = Set.copyOf(excludedGroups);
    }

    boolean covers(String group, String resource) {
        return !excludedResources.contains(resource) && !excludedGroups.contains(group);
    }
}
