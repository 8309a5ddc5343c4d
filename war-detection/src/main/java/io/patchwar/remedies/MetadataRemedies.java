package io.patchwar.remedies;

import io.patchwar.model.WarClass;
import java.util.List;

/** Annotations, labels and finalizers, and the maps they stand in. */
final class MetadataRemedies {
    static final List<Case> CASES = List.of(
            Case.when(WarClass.TUG_OF_WAR)
                    .over("metadata.annotations[deployment.kubernetes.io/revision]")
                    .then(
                            "deployment-revision",
                            "An operator writes the Deployment's annotations as a whole, without the revision that the deployment"
                                    + " controller keeps there; the controller puts it back at once, which wakes the operator.",
                            "Make the operator merge its annotations into the live ones (patch or apply its own keys, never replace the"
                                    + " map).",
                            "Until it does: stop the operator, or take the Deployment out of its hands; every round is a new revision"
                                    + " in etcd, every few milliseconds."),
            Case.when(WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN)
                    .over("metadata.finalizers*")
                    .then(
                            "finalizers",
                            "One side adds its finalizer, the other writes the whole list without it.",
                            "Make the one that removes it patch its own finalizer only, and leave foreign ones alone.",
                            "If the object is rendered from a manifest, take metadata.finalizers out of the manifest.",
                            "Two owners of one finalizer: decide who sets it, and who removes it at the end."),
            Case.when(WarClass.TUG_OF_WAR)
                    .over(
                            "metadata.labels[app.kubernetes.io/instance]",
                            "metadata.annotations[argocd.argoproj.io/tracking-id]")
                    .then(
                            "argocd-shared-resource",
                            "Two Argo CD Applications, or two Argo CDs, have the same object in their manifests.",
                            "Keep the object in one Application; the sync option FailOnSharedResource=true names the others.",
                            "Two Argo CDs in one cluster: give each its own application.resourceTrackingMethod and"
                                    + " installationID."),
            Case.when(WarClass.TUG_OF_WAR)
                    .over("metadata.labels*", "metadata.annotations*")
                    .then(
                            "metadata-map",
                            "One side keeps a key in a map that the other writes as a whole, or both claim the same key.",
                            "Make the one that replaces the map merge instead: patch or server-side apply with its own keys only.",
                            "If both want the key, decide whose it is; give the other a key with a prefix of its own.",
                            "Let a delivery tool ignore the key (Argo CD: ignoreDifferences; Flux: the annotation"
                                    + " kustomize.toolkit.fluxcd.io/ssa: Merge)."));

    private MetadataRemedies() {}
}
