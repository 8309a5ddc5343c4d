package io.patchwar.standalone.setup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which level a policy gives to a request, as the API server finds it: the first rule all of whose conditions hold
 * (k8s.io/apiserver, pkg/audit/policy/checker.go). A condition that is absent holds.
 */
final class PolicyEvaluator {
    /** Every field that {@code audit.k8s.io/v1} has for a policy, its rules, and their resources. */
    private static final Set<String> POLICY =
            Set.of("apiVersion", "kind", "metadata", "rules", "omitStages", "omitManagedFields");

    private static final Set<String> RULE = Set.of(
            "level",
            "users",
            "userGroups",
            "verbs",
            "resources",
            "namespaces",
            "nonResourceURLs",
            "omitStages",
            "omitManagedFields");
    private static final Set<String> RESOURCE = Set.of("group", "resources", "resourceNames");

    private final JsonNode policy;

    PolicyEvaluator(JsonNode policy) {
        this.policy = policy;
    }

    /** Names that the policy uses and the API server does not know: it refuses to start with them. */
    Set<String> unknownFields() {
        Set<String> unknown = new TreeSet<>();
        keep(policy, POLICY, unknown);
        for (JsonNode rule : policy.path("rules")) {
            keep(rule, RULE, unknown);
            for (JsonNode resource : rule.path("resources")) {
                keep(resource, RESOURCE, unknown);
            }
        }
        return unknown;
    }

    private static void keep(JsonNode node, Set<String> known, Set<String> unknown) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                unknown.add(name);
            }
        });
    }

    /** The level for a request to a resource; None if no rule matches. */
    String level(String verb, String group, String resource, String subresource, List<String> userGroups) {
        for (JsonNode rule : policy.path("rules")) {
            if (holds(rule.path("userGroups"), userGroups)
                    && holds(rule.path("verbs"), List.of(verb))
                    && matches(rule, group, resource, subresource)) {
                return rule.path("level").asText();
            }
        }
        return "None";
    }

    /** The level for a request to a path that is no resource. */
    String level(String verb, String path) {
        for (JsonNode rule : policy.path("rules")) {
            boolean urls = rule.path("nonResourceURLs").isEmpty()
                    && rule.path("resources").isEmpty();
            for (JsonNode url : rule.path("nonResourceURLs")) {
                String pattern = url.asText();
                urls |= pattern.equals(path)
                        || (pattern.endsWith("*") && path.startsWith(pattern.substring(0, pattern.length() - 1)));
            }
            if (urls && rule.path("userGroups").isEmpty() && holds(rule.path("verbs"), List.of(verb))) {
                return rule.path("level").asText();
            }
        }
        return "None";
    }

    private static boolean holds(JsonNode condition, List<String> values) {
        boolean any = condition.isEmpty();
        for (JsonNode value : condition) {
            any |= values.contains(value.asText());
        }
        return any;
    }

    private static boolean matches(JsonNode rule, String group, String resource, String subresource) {
        if (!rule.path("nonResourceURLs").isEmpty()) {
            return false;
        }
        if (rule.path("resources").isEmpty()) {
            return true;
        }
        String combined = subresource.isEmpty() ? resource : resource + "/" + subresource;
        for (JsonNode entry : rule.path("resources")) {
            if (!entry.path("group").asText("").equals(group)) {
                continue;
            }
            if (entry.path("resources").isEmpty()) {
                return true;
            }
            for (JsonNode named : entry.path("resources")) {
                String name = named.asText();
                if (name.equals(combined)
                        || (!subresource.isEmpty() && name.equals("*/" + subresource))
                        || name.equals(resource + "/*")) {
                    return true;
                }
            }
        }
        return false;
    }
}
