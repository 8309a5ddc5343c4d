package io.patchwar.remedies;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Confidence;
import io.patchwar.model.Contender;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RemediesTest {
    private static final String METALLB = "system:serviceaccount:metallb-system:controller";
    private static final String CHISEL = "system:serviceaccount:chisel-operator-system:chisel-operator";
    private static final String HPA = "system:serviceaccount:kube-system:horizontal-pod-autoscaler";
    private static final String ARGO = "system:serviceaccount:argocd:argocd-application-controller";
    private static final String OPERATOR = "system:serviceaccount:shop:operator";

    @ParameterizedTest
    @CsvSource({
        "TUG_OF_WAR, services, status.loadBalancer.ingress, " + METALLB + ", " + CHISEL + ", service-metallb-chisel",
        "TUG_OF_WAR, services, status.loadBalancer.ingress, " + METALLB + ", " + OPERATOR + ", service-load-balancers",
        "TUG_OF_WAR, services, spec.loadBalancerIP, " + METALLB + ", " + CHISEL + ", service-load-balancers",
        "SPLIT_BRAIN, ingresses.networking.k8s.io, status.loadBalancer.ingress, a, a, ingress-status",
        "TUG_OF_WAR, deployments.apps, spec.replicas, " + HPA + ", " + ARGO + ", replicas-autoscaler-gitops",
        "TUG_OF_WAR, deployments.apps, spec.replicas, " + HPA + ", " + OPERATOR + ", replicas-autoscaler-operator",
        "TUG_OF_WAR, deployments.apps, spec.replicas, a, b, replicas-two-owners",
        "TUG_OF_WAR, mutatingwebhookconfigurations.admissionregistration.k8s.io, webhooks[name=a].clientConfig.caBundle, a,"
                + " b, ca-bundle",
        "TUG_OF_WAR, validatingwebhookconfigurations.admissionregistration.k8s.io,"
                + " webhooks[name=a].namespaceSelector.matchExpressions, a, b, webhook-selectors",
        "TUG_OF_WAR, deployments.apps, metadata.annotations[deployment.kubernetes.io/revision], a, b, deployment-revision",
        "TUG_OF_WAR, configmaps, metadata.finalizers[example.com/x], a, b, finalizers",
        "TUG_OF_WAR, configmaps, metadata.labels.tier, a, b, metadata-map",
        "RECREATE, configmaps, (object), " + ARGO + ", b, prune-operator",
        "RECREATE, configmaps, (object), a, b, recreate",
        "TUG_OF_WAR, configmaps, data.key, a, b, tug-of-war",
        "FLIP_FLOP, services, status.loadBalancer.ingress, a, a, flip-flop",
    })
    void findsTheCaseAndElseTheClass(WarClass warClass, String resource, String field, String a, String b, String id) {
        assertThat(Remedies.forWar(war(warClass, resource, field, a, b)).id()).isEqualTo(id);
    }

    @Test
    void tellsTheSeedCaseInFull() {
        Remedy remedy =
                Remedies.forWar(war(WarClass.TUG_OF_WAR, "services", "status.loadBalancer.ingress", METALLB, CHISEL));
        assertThat(String.join("\n", remedy.steps()))
                .contains(
                        "--lb-class metallb.io/metallb",
                        "LOAD_BALANCER_CLASS",
                        "chisel-operator.io/chisel-operator-class",
                        "two Services");
    }

    @ParameterizedTest
    @EnumSource
    void everyClassHasAGeneralAnswer(WarClass warClass) {
        Remedy remedy = Remedies.forWar(war(warClass, "widgets.example.com", "spec.size", "a", "b"));
        assertThat(remedy.id()).isEqualTo(warClass.word());
        assertThat(remedy.steps()).isNotEmpty();
    }

    @Test
    void idsAreUniqueAndWordsAreSentences() {
        List<Remedy> all = Remedies.all();
        assertThat(all).extracting(Remedy::id).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9-]+"));
        assertThat(all).allSatisfy(remedy -> {
            assertThat(remedy.cause()).endsWith(".");
            assertThat(remedy.steps()).isNotEmpty().allMatch(step -> step.endsWith("."));
        });
        assertThat(Arrays.stream(WarClass.values()).map(GeneralRemedies::forClass))
                .allSatisfy(remedy -> assertThat(remedy.steps()).allMatch(step -> step.endsWith(".")));
    }

    private static War war(WarClass warClass, String resource, String field, String a, String b) {
        int dot = resource.indexOf('.');
        String group = dot < 0 ? "" : resource.substring(dot + 1);
        String plural = dot < 0 ? resource : resource.substring(0, dot);
        Instant start = Instant.parse("2026-11-23T08:44:50Z");
        return new War(
                "w",
                warClass,
                Severity.INFO,
                Confidence.CONFIRMED,
                WarState.ONGOING,
                new ObjectRef("default", group, plural, "n", "o"),
                null,
                List.of(field),
                List.of(contender(a), contender(b)),
                3,
                null,
                start,
                start,
                null,
                List.of(),
                null,
                null,
                1,
                null);
    }

    private static Contender contender(String account) {
        return new Contender(account, "unknown", List.of(), 1, 0, Map.of());
    }
}
