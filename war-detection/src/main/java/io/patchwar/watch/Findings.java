package io.patchwar.watch;

import io.patchwar.model.Conflict;
import io.patchwar.model.War;
import io.patchwar.pressure.Pressure;
import java.util.List;
import java.util.Map;

/**
 * Everything that a watch has found so far.
 *
 * @param wars the worst and fastest first
 * @param findings likewise
 * @param muted wars and findings that somebody does not want to be told of
 * @param conflicts wars with one cause
 * @param sight by cluster
 * @param pressure of each war and finding whose contenders' writes were counted, by its id, when etcd grew fastest by it
 */
public record Findings(
        List<War> wars,
        List<War> findings,
        List<War> muted,
        List<Conflict> conflicts,
        Map<String, ClusterSight> sight,
        Map<String, Pressure> pressure) {
    public Findings {
        wars = List.copyOf(wars);
        findings = List.copyOf(findings);
        muted = List.copyOf(muted);
        conflicts = List.copyOf(conflicts);
        sight = Map.copyOf(sight);
        pressure = Map.copyOf(pressure);
    }
}
