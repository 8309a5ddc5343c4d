package io.patchwar.remedies;

import io.patchwar.model.WarClass;
import java.util.List;

/** Webhook configurations, and what carries a CA bundle: the wars that take clusters down. */
final class WebhookRemedies {
    static final List<Case> CASES = List.of(
            Case.when(WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN, WarClass.CONTENTION)
                    .over("*caBundle")
                    .then(
                            "ca-bundle",
                            "One side injects the CA bundle at run time, the other restores what its manifest or its own CA says.",
                            "Leave caBundle out of the manifest (an empty string counts as a value), or let the delivery tool ignore"
                                    + " it: Argo CD: ignoreDifferences on .webhooks[].clientConfig.caBundle; Flux: server-side apply"
                                    + " without the field.",
                            "If two replicas or two releases inject different bundles, they do not share one root: give them one"
                                    + " (Istio: the cacerts Secret), or one injector.",
                            "Every flip makes admission fail for whoever trusts the other bundle: settle this before anything else."),
            Case.when(WarClass.TUG_OF_WAR, WarClass.ORDER)
                    .of("mutatingwebhookconfigurations*", "validatingwebhookconfigurations*")
                    .over("*amespaceSelector*", "*bjectSelector*", "webhooks*")
                    .then(
                            "webhook-selectors",
                            "A platform adds its own exceptions to every webhook's selectors, and the webhook's owner puts its own"
                                    + " back.",
                            "On AKS, opt the configuration out with the label admissions.enforcer/disabled: \"true\", or put the"
                                    + " enforcer's expressions (control-plane, kubernetes.azure.com/managedby) into the manifest.",
                            "Make the owner keep expressions that are not its own: merge, do not replace; newer releases of Kyverno,"
                                    + " OpenKruise and CDI do.",
                            "Let a delivery tool ignore the selectors: Argo CD: ignoreDifferences on"
                                    + " .webhooks[].namespaceSelector."));

    private WebhookRemedies() {}
}
