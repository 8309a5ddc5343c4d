package io.patchwar.remedies;

import io.patchwar.model.WarClass;
import java.util.List;

/** Objects that come and go. */
final class LifeRemedies {
    private static final String[] GITOPS = {
        "*argocd*", "*kustomize-controller", "*helm-controller", "*flux*", "*config-management*"
    };

    static final List<Case> CASES = List.of(Case.when(WarClass.RECREATE)
            .with(GITOPS)
            .then(
                    "prune-operator",
                    "The delivery tool prunes an object that bears its tracking label but is not in Git, and an operator makes it"
                            + " again: it copied the label from its parent.",
                    "Stop the operator from copying the tracking label or annotation (app.kubernetes.io/instance,"
                            + " argocd.argoproj.io/tracking-id, kustomize.toolkit.fluxcd.io/name) to what it makes.",
                    "Track by annotation instead of label (Argo CD: application.resourceTrackingMethod: annotation).",
                    "Exempt the object: Argo CD: the annotation argocd.argoproj.io/sync-options: Prune=false; Flux: the"
                            + " label or annotation kustomize.toolkit.fluxcd.io/prune: disabled."));

    private LifeRemedies() {}
}
