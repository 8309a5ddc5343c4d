package io.patchwar.model;

/**
 * One Kubernetes object by name, across its lifetimes: a uid splits those.
 *
 * @param cluster the user's name for the cluster
 * @param group API group, empty for the core group
 * @param resource plural, lower case, without subresource
 * @param namespace empty for cluster-scoped objects
 * @param name never empty
 */
public record ObjectRef(String cluster, String group, String resource, String namespace, String name) {

    /** {@code apps/web-1}, or the bare name of a cluster-scoped object. */
    public String qualifiedName() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    @Override
    public String toString() {
        return (group.isEmpty() ? resource : resource + "." + group) + " " + qualifiedName();
    }
}
