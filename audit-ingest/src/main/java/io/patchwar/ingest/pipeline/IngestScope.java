package io.patchwar.ingest.pipeline;

import io.patchwar.model.Glob;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.Verb;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which writes are let through. Patterns may hold asterisks; a resource is written {@code deployments.apps}, one of the core
 * group {@code services}.
 *
 * @param coarse resources and groups that are dropped before an event is read to its end
 * @param verbs that are let through
 * @param resources that are let through
 * @param excludedResources that are not, though they were
 * @param namespaces that are let through; cluster-scoped objects always are
 * @param excludedNamespaces that are not
 * @param excludedUsers accounts whose writes are not
 */
public record IngestScope(
        Scope coarse,
        Set<Verb> verbs,
        List<String> resources,
        List<String> excludedResources,
        List<String> namespaces,
        List<String> excludedNamespaces,
        List<String> excludedUsers) {
    private static final List<String> ALL = List.of("*");

    /** All but what is written for its own sake. */
    public static final IngestScope DEFAULT =
            new IngestScope(Scope.DEFAULT, EnumSet.allOf(Verb.class), ALL, List.of(), ALL, List.of(), List.of());

    public IngestScope {
        verbs = Set.copyOf(verbs);
        resources = List.copyOf(resources);
        excludedResources = List.copyOf(excludedResources);
        namespaces = List.copyOf(namespaces);
        excludedNamespaces = List.copyOf(excludedNamespaces);
        excludedUsers = List.copyOf(excludedUsers);
    }

    /** Why the write is dropped, in the word of metrics; null if it is let through. */
    @Nullable
    String drops(AuditEvent event) {
        if (!verbs.contains(event.verb())) {
            return "verb";
        }
        String resource = resource(event);
        if (!passes(resource, resources, excludedResources)) {
            return "resource";
        }
        String namespace = event.object().namespace();
        if (!namespace.isEmpty() && !passes(namespace, namespaces, excludedNamespaces)) {
            return "namespace";
        }
        return Glob.anyMatches(excludedUsers, event.actor().account()) ? "user" : null;
    }

    private static boolean passes(String name, List<String> let, List<String> excluded) {
        return (let.equals(ALL) || Glob.anyMatches(let, name)) && !Glob.anyMatches(excluded, name);
    }

    private static String resource(AuditEvent event) {
        String group = event.object().group();
        return group.isEmpty() ? event.object().resource() : event.object().resource() + "." + group;
    }
}
