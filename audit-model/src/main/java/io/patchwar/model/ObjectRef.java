package io.patchwar.model;

import org.jspecify.annotations.Nullable;

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

    /** By hand, as is {@link #hashCode}: both are asked for every write, and what the compiler makes of a record starts slowly. */
    @Override
    public boolean equals(@Nullable Object o) {
        return this == o
                || (o instanceof ObjectRef other
                        && name.equals(other.name)
                        && namespace.equals(other.namespace)
                        && resource.equals(other.resource)
                        && group.equals(other.group)
                        && cluster.equals(other.cluster));
    }

    @Override
    public int hashCode() {
        int h = 31 * name.hashCode() + namespace.hashCode();
        h = 31 * h + resource.hashCode();
        h = 31 * h + group.hashCode();
        return 31 * h + cluster.hashCode();
    }

    /** {@code apps/web-1}, or the bare name of a cluster-scoped object. */
    public String qualifiedName() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    @Override
    public String toString() {
        return (group.isEmpty() ? resource : resource + "." + group) + " " + qualifiedName();
    }
}
