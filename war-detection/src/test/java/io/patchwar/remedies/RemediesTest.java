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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RemediesTest {
    static final String METALLB = "system:serviceaccount:metallb-system:controller";
    static final String CHISEL = "system:serviceaccount:chisel-operator-system:chisel-operator";
    private static final String HPA = "system:serviceaccount:kube-system:horizontal-pod-autoscaler";
    private static final String ARGO = "system:serviceaccount:argocd:argocd-application-controller";
    private static final String OPERATOR = "system:serviceaccount:shop:operator";

    @ParameterizedTest
    @CsvSource({
        "TUG_OF_WAR, services, status.loadBalancer.ingress, " + METALLB + ", " + CHISEL + ", service-metallb-chisel",
        "TUG_OF_WAR, services, spec.loadBalancerIP, " + METALLB + ", " + CHISEL + ", service-metallb-chisel",
        "TUG_OF_WAR, services, status.loadBalancer.ingress, " + METALLB + ", " + OPERATOR + ", service-load-balancers",
        "SPLIT_BRAIN, ingresses.networking.k8s.io, status.loadBalancer.ingress, a, a, ingress-status",
        "TUG_OF_WAR, deployments.apps, spec.replicas, " + HPA + ", " + ARGO + ", replicas-autoscaler-gitops",
        "TUG_OF_WAR, deployments.apps, spec.replicas, " + HPA + ", " + OPERATOR + ", replicas-autoscaler-operator",
        "TUG_OF_WAR, deployments.apps, spec.replicas, a, b, replicas-two-owners",
        "TUG_OF_WAR, mutatingwebhookconfigurations.admissionregistration.k8s.io, webhooks[name=a].clientConfig.caBundle, a,"
                + " b, webhook-ca",
        "TUG_OF_WAR, validatingwebhookconfigurations.admissionregistration.k8s.io,"
                + " webhooks[name=a].namespaceSelector.matchExpressions, a, b, webhook-selectors",
        "TUG_OF_WAR, deployments.apps, metadata.annotations[deployment.kubernetes.io/revision], a, b, deployment-revision",
        "TUG_OF_WAR, configmaps, metadata.finalizers[example.com/x], a, b, finalizers",
        "TUG_OF_WAR, configmaps, metadata.labels.tier, a, b, metadata-map",
        "RECREATE, configmaps, (object), " + ARGO + ", b, prune-operator",
        "RECREATE, configmaps, (object), a, b, recreate",
        "TUG_OF_WAR, configmaps, data.key, a, b, tug-of-war",
        "TUG_OF_WAR, configmaps, data.key, " + ARGO + ", b, gitops-against-live",
        "FLIP_FLOP, services, status.loadBalancer.ingress, a, a, status-without-change",
        "FLIP_FLOP, configmaps, data.key, a, a, flip-flop",
    })
    void findsTheCaseAndElseTheClass(WarClass warClass, String resource, String field, String a, String b, String id) {
        assertThat(Remedies.forWar(war(warClass, resource, field, a, b)).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @EnumSource
    void everyClassHasAGeneralAnswer(WarClass warClass) {
        Remedy remedy = Remedies.forWar(war(warClass, "widgets.example.com", "spec.size", "a", "b"));
        assertThat(remedy.id()).isEqualTo(warClass.word());
        assertThat(remedy.options()).isNotEmpty();
        assertThat(Remedies.forClass(warClass).id()).isEqualTo(warClass.word());
    }

    @Test
    void theCatalogueHasMoreThanFortyFiveSpecialRemediesWithIdsOfTheirOwn() {
        Set<String> ids = new HashSet<>();
        int special = 0;
        for (Remedies.Chapter chapter : Remedies.all()) {
            special += chapter.name().equals("classes") ? 0 : chapter.remedies().size();
            for (Remedy remedy : chapter.remedies()) {
                assertThat(ids.add(remedy.id())).as("id %s once", remedy.id()).isTrue();
                assertThat(remedy.sources()).as(remedy.id()).isNotEmpty();
                assertThat(remedy.options()).as(remedy.id()).isNotEmpty();
            }
        }
        assertThat(special).isGreaterThanOrEqualTo(45);
    }

    /** As the recording metallb-chisel-remedied has it, in which nothing is fought over. */
    @Test
    void theSeedCaseNamesTheClassForEachSideAndTheWaysAroundIt() {
        Remedy remedy =
                Remedies.forWar(war(WarClass.TUG_OF_WAR, "services", "status.loadBalancer.ingress", METALLB, CHISEL));

        assertThat(remedy.first().commands())
                .contains(
                        "kubectl patch services/o -n n --type=merge -p"
                                + " '{\"spec\":{\"type\":\"LoadBalancer\",\"loadBalancerClass\":\"chisel-operator.io/chisel-operator-class\"}}'");
        assertThat(remedy.first().manifest())
                .contains(
                        "name: o\n",
                        "namespace: \"n\"\n",
                        "loadBalancerClass: chisel-operator.io/chisel-operator-class");
        assertThat(remedy.options()).hasSize(6);
        assertThat(String.join("\n", remedy.options().get(1).commands()))
                .contains("-n chisel-operator-system LOAD_BALANCER_CLASS=chisel-operator.io/chisel-operator-class");
        assertThat(String.join("\n", remedy.options().get(2).commands()))
                .contains(
                        "-n metallb-system --reuse-values --set loadBalancerClass=metallb.io/metallb",
                        "kubectl edit deployment/controller daemonset/speaker -n metallb-system",
                        "--lb-class=metallb.io/metallb");
        assertThat(remedy.options().get(3).manifest()).contains("name: o-lan\n", "name: o-tunnel\n");
        assertThat(String.join("\n", remedy.options().get(4).commands()))
                .contains("metallb.io/loadBalancerIPs=", "\"loadBalancerIP\":null");
        assertThat(String.join("\n", remedy.options().get(5).commands()))
                .contains("etcdctl", "apiserver_storage_size_bytes");
    }

    /** What a person in a hurry pastes first must not take other Services from whoever serves them. */
    @Test
    void theSeedCasesFirstAnswerChangesNothingButItsOwnService() {
        Remedy remedy =
                Remedies.forWar(war(WarClass.TUG_OF_WAR, "services", "status.loadBalancer.ingress", METALLB, CHISEL));

        assertThat(remedy.first().commands())
                .filteredOn(command -> !command.startsWith("#"))
                .isNotEmpty()
                .allMatch(command -> command.startsWith("kubectl patch services/o -n n "));
        assertThat(remedy.options().get(2).commands())
                .filteredOn(command -> !command.startsWith("#"))
                .allMatch(command -> command.startsWith("kubectl get "));
    }

    static War war(WarClass warClass, String resource, String field, String a, String b) {
        int dot = resource.indexOf('.');
        String group = dot < 0 ? "" : resource.substring(dot + 1);
        String plural = dot < 0 ? resource : resource.substring(0, dot);
        return war(warClass, new ObjectRef("default", group, plural, "n", "o"), field, contender(a), contender(b));
    }

    static War war(WarClass warClass, ObjectRef object, String field, Contender... contenders) {
        Instant start = Instant.parse("2026-11-23T08:44:50Z");
        return new War(
                "w",
                warClass,
                Severity.INFO,
                Confidence.CONFIRMED,
                WarState.ONGOING,
                object,
                null,
                List.of(field),
                List.of(contenders),
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

    static Contender contender(String account) {
        return new Contender(account, "unknown", List.of(), 1, 0, Map.of());
    }
}
