package io.patchwar.fields;

import java.util.Set;

/**
 * Fields that only echo others ({@code detection.md} section 2): kept, but nobody fights over them alone.
 */
final class Derived {
    private static final Set<String> LEAVES = Set.of(
            "observedGeneration",
            "lastTransitionTime",
            "lastPhaseTransitionTime",
            "lastHeartbeatTime",
            "lastProbeTime",
            "lastUpdateTime",
            "renewTime",
            "kubectl.kubernetes.io/last-applied-configuration",
            "deprecated.daemonset.template.generation",
            "endpoints.kubernetes.io/last-change-trigger-time");

    private Derived() {}

    /** Whether a member of this name is derived, wherever it stands. */
    static boolean isDerived(String name) {
        return LEAVES.contains(name);
    }

    /** Annotations whose coming and going counts while their values do not: {@code deployment.kubernetes.io/*}. */
    static boolean hasDerivedValue(String name) {
        return name.startsWith("deployment.kubernetes.io/");
    }
}
