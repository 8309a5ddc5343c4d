package io.patchwar.scenario.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * What the simulator has to know of a kind of objects.
 *
 * @param group empty for the core group
 * @param version the version that is stored and, unless a write names another, spoken
 * @param otherVersions further served versions of a custom resource: version → (its field → the stored version's field)
 */
public record ApiKind(
        String group,
        String version,
        String kind,
        String resource,
        boolean namespaced,
        boolean custom,
        Map<String, Map<String, String>> otherVersions) {

    /** Kinds whose delete answers with the object itself (audit-events.md 2.3). */
    private static final Set<String> RETURN_DELETED = Set.of(
            "namespaces",
            "persistentvolumes",
            "persistentvolumeclaims",
            "pods",
            "resourcequotas",
            "services",
            "serviceaccounts");

    /** Built-in kinds that carry no generation. */
    private static final Set<String> NO_GENERATION = Set.of(
            "configmaps",
            "secrets",
            "services",
            "serviceaccounts",
            "namespaces",
            "nodes",
            "endpoints",
            "leases",
            "resourcequotas",
            "persistentvolumes",
            "persistentvolumeclaims",
            "horizontalpodautoscalers",
            "clusterroles");

    /** Built-in kinds whose status endpoint stores labels and annotations, too; the workloads keep annotations only. */
    private static final Set<String> STATUS_STORES_METADATA = Set.of(
            "services",
            "ingresses",
            "nodes",
            "namespaces",
            "persistentvolumes",
            "persistentvolumeclaims",
            "resourcequotas");

    private static final Set<String> WORKLOADS = Set.of("deployments", "statefulsets", "replicasets", "daemonsets");

    /** Kinds without a status endpoint, in which {@code status} is a word like any other. */
    private static final Set<String> NO_STATUS = Set.of(
            "configmaps",
            "secrets",
            "serviceaccounts",
            "endpoints",
            "endpointslices",
            "leases",
            "clusterroles",
            "validatingwebhookconfigurations",
            "mutatingwebhookconfigurations");

    public ApiKind {
        otherVersions = Map.copyOf(otherVersions);
    }

    public boolean returnsDeleted() {
        return !custom && RETURN_DELETED.contains(resource);
    }

    boolean hasGeneration() {
        return custom || !NO_GENERATION.contains(resource);
    }

    boolean hasStatus() {
        return custom || !NO_STATUS.contains(resource);
    }

    boolean isWorkload() {
        return !custom && WORKLOADS.contains(resource);
    }

    boolean statusStores(String metadataField) {
        return !custom
                && (STATUS_STORES_METADATA.contains(resource) || (isWorkload() && metadataField.equals("annotations")));
    }

    public String apiVersion(String ofVersion) {
        return group.isEmpty() ? ofVersion : group + "/" + ofVersion;
    }

    /** {@code deployments.apps}, as messages name a resource. */
    String qualified() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    /** An object's tree with the head every object has. */
    public ObjectNode head(String ofVersion, String namespace, String name) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", kind).put("apiVersion", apiVersion(ofVersion));
        ObjectNode metadata = tree.putObject("metadata");
        if (!name.isEmpty()) {
            metadata.put("name", name);
        }
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return tree;
    }
}
