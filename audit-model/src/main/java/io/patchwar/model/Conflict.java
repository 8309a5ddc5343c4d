package io.patchwar.model;

import java.util.List;

/**
 * Wars of one cluster with one cause: the same contenders over the same field of the same resource.
 *
 * @param id hash of cluster, contenders, resource and field
 * @param contenders without values and counts of one object
 * @param wars their ids, at least two
 * @param reversals of all of them
 */
public record Conflict(
        String id,
        String cluster,
        WarClass warClass,
        String resource,
        List<String> fields,
        List<Contender> contenders,
        List<String> wars,
        long reversals) {
    public Conflict {
        fields = List.copyOf(fields);
        contenders = List.copyOf(contenders);
        wars = List.copyOf(wars);
    }
}
