package io.patchwar.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Actor;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.WarClass;
import io.patchwar.watch.IgnoreList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code detection.md} section 4 asks the shipped list to be silent about, and beside each what it must not hide. */
class ShippedIgnoreListTest {
    private static final String KCM = "system:kube-controller-manager";
    private static final String SA = "system:serviceaccount:";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // leader election
                "TUG_OF_WAR | leases.coordination.k8s.io | spec.holderIdentity | a b | true",
                "TUG_OF_WAR | configmaps | metadata.annotations[control-plane.alpha.kubernetes.io/leader] | a b | true",
                "TUG_OF_WAR | configmaps | metadata.annotations[example.com/leader] | a b | false",
                "SPLIT_BRAIN | endpoints | metadata.annotations.leader | Patroni Patroni | true",
                "TUG_OF_WAR | configmaps | metadata.annotations.history | a b | true",
                "TUG_OF_WAR | services | metadata.annotations.leader | a b | false",
                "TUG_OF_WAR | endpoints | subsets | Patroni Patroni | true",
                "TUG_OF_WAR | endpoints | subsets | Patroni endpoint-controller | false",
                // sick nodes
                "TUG_OF_WAR | nodes | status.conditions[type=Ready].status | system:node:w1 system:serviceaccount:kube-system:node-controller | true",
                "TUG_OF_WAR | nodes | status.conditions[type=Ready].status | system:node:w1 system:kube-controller-manager/node-lifecycle-controller | true",
                "TUG_OF_WAR | nodes | status.conditions[type=Ready].status | system:node:w1 system:serviceaccount:ops:doctor | false",
                "TUG_OF_WAR | nodes | status.addresses | system:node:w1 system:serviceaccount:kube-system:node-controller | false",
                "TUG_OF_WAR | pods | status.conditions[type=Ready].status | system:node:w1 system:serviceaccount:kube-system:node-controller | true",
                "TUG_OF_WAR | nodes | spec.taints[key=node.kubernetes.io/not-ready,effect=NoExecute] | system:node:w1 system:serviceaccount:kube-system:node-controller | true",
                "TUG_OF_WAR | nodes | spec.taints[key=node.cloudprovider.kubernetes.io/uninitialized,effect=NoSchedule] | system:node:w1 system:cloud-controller-manager | true",
                "TUG_OF_WAR | nodes | spec.taints[key=node.cilium.io/agent-not-ready,effect=NoSchedule] | system:node:w1 system:serviceaccount:kube-system:node-controller | false",
                "TUG_OF_WAR | nodes | spec.taints[key=node.kubernetes.io/unschedulable,effect=NoSchedule] | system:serviceaccount:ops:x system:serviceaccount:kube-system:node-controller | false",
                // scaling
                "TUG_OF_WAR | deployments.apps | spec.replicas | system:serviceaccount:keda:keda-operator system:serviceaccount:kube-system:horizontal-pod-autoscaler | true",
                "TUG_OF_WAR | deployments.apps | spec.replicas | system:serviceaccount:keda:keda-operator system:kube-controller-manager/horizontal-pod-autoscaler | true",
                "TUG_OF_WAR | deployments.apps | spec.replicas | system:serviceaccount:argocd:x system:serviceaccount:kube-system:horizontal-pod-autoscaler | false",
                // bookkeeping
                "TUG_OF_WAR | resourcequotas | status.used.pods | system:apiserver system:serviceaccount:kube-system:resourcequota-controller | true",
                "TUG_OF_WAR | resourcequotas | spec.hard.pods | system:apiserver system:serviceaccount:kube-system:resourcequota-controller | false",
                "TUG_OF_WAR | persistentvolumeclaims | metadata.annotations[volume.kubernetes.io/selected-node] | system:kube-scheduler system:serviceaccount:kube-system:persistent-volume-binder | true",
                "TUG_OF_WAR | persistentvolumeclaims | metadata.annotations[volume.kubernetes.io/selected-node] | system:serviceaccount:volcano-system:volcano-scheduler system:serviceaccount:s:p/csi-provisioner | true",
                "TUG_OF_WAR | persistentvolumeclaims | metadata.annotations[volume.kubernetes.io/selected-node] | system:kube-scheduler system:serviceaccount:argocd:x | false",
                "HOT_LOOP | endpointslices.discovery.k8s.io | '' | system:serviceaccount:kube-system:endpointslice-controller | true",
                "FLIP_FLOP | endpoints | subsets | system:kube-controller-manager/endpoint-controller | true",
                "HOT_LOOP | endpoints | '' | system:serviceaccount:ops:looper | false",
                "HOT_LOOP | services | '' | system:serviceaccount:kube-system:endpoint-controller | false",
                // deletions
                "RECREATE | jobs.batch | (object) | system:serviceaccount:ci:deployer system:serviceaccount:kube-system:ttl-after-finished-controller | true",
                "RECREATE | configmaps | (object) | system:kube-controller-manager/generic-garbage-collector a | true",
                "RECREATE | pods | (object) | a system:serviceaccount:kube-system:pod-garbage-collector | true",
                "RECREATE | configmaps | (object) | a system:serviceaccount:kube-system:namespace-controller | true",
                "RECREATE | configmaps | (object) | a system:serviceaccount:argocd:argocd-application-controller | false",
                "TUG_OF_WAR | configmaps | data.key | a system:serviceaccount:kube-system:namespace-controller | false",
                // set and consume
                "TUG_OF_WAR | applications.argoproj.io | metadata.annotations[argocd.argoproj.io/refresh] | admin system:serviceaccount:argocd:argocd-application-controller | true",
                "TUG_OF_WAR | applications.argoproj.io | metadata.annotations[argocd.argoproj.io/refresh] | admin system:serviceaccount:argocd:argocd-applicationset-controller | false",
                "TUG_OF_WAR | applications.argoproj.io | operation.sync.revision | admin system:serviceaccount:argocd:argocd-application-controller | true",
                "TUG_OF_WAR | applications.argoproj.io | spec.project | admin system:serviceaccount:argocd:argocd-application-controller | false",
                "TUG_OF_WAR | kafkarebalances.kafka.strimzi.io | metadata.annotations[strimzi.io/rebalance] | admin system:serviceaccount:kafka:strimzi-cluster-operator | true",
            })
    void isSilentAboutTheProtocolAndNothingMore(
            WarClass warClass, String resource, String field, String sides, boolean silent) {
        assertThat(covers(warClass, resource, field, sides)).isEqualTo(silent);
    }

    /** A rule about a field must not swallow the classes that have none. */
    @ParameterizedTest
    @EnumSource(names = {"HOT_LOOP", "REJECTED", "SUSPECTED"})
    void hidesNoStrangersFieldlessFinding(WarClass warClass) {
        for (String resource :
                List.of("services", "configmaps", "nodes", "applications.argoproj.io", "deployments.apps")) {
            assertThat(covers(
                            warClass, resource, "", "admin system:serviceaccount:argocd:argocd-application-controller"))
                    .as(resource)
                    .isFalse();
        }
    }

    @Test
    void everyRuleSaysWhy() {
        assertThat(IgnoreList.shipped())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.reason()).matches("(?s).*[.)]"));
    }

    private static boolean covers(WarClass warClass, String resource, String field, String sides) {
        int dot = resource.indexOf('.');
        ObjectRef object = new ObjectRef(
                "c",
                dot < 0 ? "" : resource.substring(dot + 1),
                dot < 0 ? resource : resource.substring(0, dot),
                "n",
                "o");
        List<Actor> actors = Arrays.stream(sides.split(" "))
                .map(ShippedIgnoreListTest::actor)
                .toList();
        return IgnoreList.shipped().stream().anyMatch(rule -> rule.covers(warClass, object, field, actors));
    }

    /** {@code account/program}; a lone word without a colon is both. */
    private static Actor actor(String text) {
        int slash = text.indexOf('/');
        String account = slash < 0 ? text : text.substring(0, slash);
        String program = slash >= 0 ? text.substring(slash + 1) : text.contains(":") ? "unknown" : text;
        assertThat(account.startsWith(SA) || account.startsWith("system:") || !account.contains(":"))
                .isTrue();
        assertThat(account.equals(KCM) && slash < 0)
                .as("under this account the program tells")
                .isFalse();
        return new Actor(account, program, text, false);
    }
}
