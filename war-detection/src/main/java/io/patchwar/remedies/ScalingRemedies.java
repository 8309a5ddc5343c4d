package io.patchwar.remedies;

import io.patchwar.model.WarClass;
import java.util.List;

/** How many replicas, and who says so. */
final class ScalingRemedies {
    private static final String[] AUTOSCALER = {"*horizontal-pod-autoscaler", "*keda*"};
    private static final String[] GITOPS = {
        "*argocd*", "*argo-cd*", "*kustomize-controller", "*helm-controller", "*flux*", "helm", "*config-management*"
    };

    static final List<Case> CASES = List.of(
            Case.when(WarClass.TUG_OF_WAR)
                    .over("spec.replicas")
                    .with(AUTOSCALER)
                    .with(GITOPS)
                    .then(
                            "replicas-autoscaler-gitops",
                            "The autoscaler sets the replicas by load, and the delivery tool sets them back to what Git says.",
                            "Take spec.replicas out of the manifest in Git; the autoscaler's minReplicas takes its place.",
                            "Where it must stay: Argo CD: ignoreDifferences with jsonPointers [/spec/replicas] and the sync option"
                                    + " RespectIgnoreDifferences=true. Flux: leave the field out with a patch in the Kustomization. Helm:"
                                    + " render it only where autoscaling is off.",
                            "Before you take it out of a manifest that was applied with kubectl apply, remove it from the"
                                    + " last-applied annotation, else the replicas fall to 1 for a moment."),
            Case.when(WarClass.TUG_OF_WAR)
                    .over("spec.replicas")
                    .with(AUTOSCALER)
                    .then(
                            "replicas-autoscaler-operator",
                            "The autoscaler sets the replicas by load, and an operator sets them back to what its resource says.",
                            "Let the operator keep the live spec.replicas, or leave the field out of what it sends; an update without it"
                                    + " is defaulted to 1, an apply without it is not.",
                            "Point the autoscaler at the operator's own resource instead, if that has a scale subresource.",
                            "If two tools shall scale, let one change the other's bounds (an HPA's minReplicas, a KEDA pause"
                                    + " annotation) and never the replicas."),
            Case.when(WarClass.TUG_OF_WAR)
                    .over("spec.replicas")
                    .then(
                            "replicas-two-owners",
                            "Two tools each know how many replicas there should be.",
                            "Decide which one scales, and take spec.replicas out of the other's manifest or reconciliation.",
                            "A nightly downscaler and an autoscaler get along when the downscaler changes the autoscaler's minimum"
                                    + " and not the replicas."));

    private ScalingRemedies() {}
}
