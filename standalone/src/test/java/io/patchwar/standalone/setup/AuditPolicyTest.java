package io.patchwar.standalone.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the policy makes the API server record, request by request. */
class AuditPolicyTest {
    private static final List<String> ACCOUNT = List.of("system:serviceaccounts", "system:authenticated");
    private static final List<String> KUBELET = List.of("system:nodes", "system:authenticated");

    private static PolicyEvaluator policy(Set<String> bodies, List<String> groups, boolean kubelets) {
        return new PolicyEvaluator(Requests.yaml(AuditPolicy.of(Requests.with(bodies, groups, kubelets))));
    }

    private static PolicyEvaluator usual() {
        return policy(Set.of(), List.of(), false);
    }

    @ParameterizedTest
    @CsvSource({
        "get, '', services, '', None",
        "watch, apps, deployments, '', None",
        "create, '', events, '', None",
        "patch, events.k8s.io, events, '', None",
        "update, coordination.k8s.io, leases, '', None",
        "create, authentication.k8s.io, tokenreviews, '', None",
        "create, authorization.k8s.io, subjectaccessreviews, '', None",
        "update, '', secrets, '', Metadata",
        "patch, '', configmaps, '', Metadata",
        "create, '', serviceaccounts, token, Metadata",
        "update, '', services, '', RequestResponse",
        "update, '', services, status, RequestResponse",
        "patch, '', nodes, status, RequestResponse",
        "deletecollection, '', services, '', RequestResponse",
        "patch, apps, deployments, '', RequestResponse",
        "patch, apps, deployments, scale, RequestResponse",
        "update, autoscaling, horizontalpodautoscalers, status, RequestResponse",
        "create, rbac.authorization.k8s.io, clusterroles, '', RequestResponse",
        "patch, metallb.io, ipaddresspools, '', Metadata",
        "create, '', pods, '', Metadata",
        "create, '', pods, binding, Metadata",
        "delete, argoproj.io, applications, '', Metadata",
    })
    void recordsOfAnAccountsRequest(String verb, String group, String resource, String subresource, String level) {
        assertThat(usual().level(verb, group, resource, subresource, ACCOUNT)).isEqualTo(level);
    }

    @Test
    void recordsNothingOfPathsThatAreNoResources() {
        assertThat(usual().level("post", "/readyz")).isEqualTo("None");
    }

    @Test
    void leavesKubeletsOutUnlessAskedForThem() {
        assertThat(usual().level("patch", "", "nodes", "status", KUBELET)).isEqualTo("None");
        PolicyEvaluator asked = policy(Set.of(), List.of(), true);
        assertThat(asked.level("patch", "", "nodes", "status", KUBELET)).isEqualTo("RequestResponse");
        assertThat(asked.level("patch", "", "pods", "status", KUBELET)).isEqualTo("RequestResponse");
    }

    @Test
    void neverRecordsATokensBodyWhateverIsAskedFor() {
        PolicyEvaluator all = policy(Set.of("secrets", "configmaps"), List.of("example.com"), true);
        assertThat(all.level("create", "", "serviceaccounts", "token", ACCOUNT)).isEqualTo("Metadata");
        assertThat(all.level("create", "authentication.k8s.io", "tokenreviews", "", ACCOUNT))
                .isEqualTo("None");
    }

    @Test
    void recordsBodiesOfSecretsOnlyWhenAskedFor() {
        PolicyEvaluator secrets = policy(Set.of("secrets"), List.of(), false);
        assertThat(secrets.level("update", "", "secrets", "", ACCOUNT)).isEqualTo("RequestResponse");
        assertThat(secrets.level("update", "", "configmaps", "", ACCOUNT)).isEqualTo("Metadata");
        PolicyEvaluator configMaps = policy(Set.of("configmaps"), List.of(), false);
        assertThat(configMaps.level("update", "", "secrets", "", ACCOUNT)).isEqualTo("Metadata");
        assertThat(configMaps.level("update", "", "configmaps", "", ACCOUNT)).isEqualTo("RequestResponse");
    }

    @Test
    void recordsBodiesOfTheGroupsThatAreNamed() {
        PolicyEvaluator named = policy(Set.of(), List.of("metallb.io", "argoproj.io"), false);
        assertThat(named.level("patch", "metallb.io", "ipaddresspools", "status", ACCOUNT))
                .isEqualTo("RequestResponse");
        assertThat(named.level("patch", "argoproj.io", "applications", "", ACCOUNT))
                .isEqualTo("RequestResponse");
        assertThat(named.level("patch", "example.com", "things", "", ACCOUNT)).isEqualTo("Metadata");
    }

    @Test
    void usesNoFieldThatTheApiServerDoesNotKnow() {
        for (boolean kubelets : List.of(true, false)) {
            PolicyEvaluator policy = policy(Set.of("secrets"), List.of("example.com"), kubelets);
            assertThat(policy.unknownFields()).isEmpty();
        }
        var parsed = Requests.yaml(AuditPolicy.of(Requests.with(Set.of(), List.of(), false)));
        assertThat(parsed.path("apiVersion").asText()).isEqualTo("audit.k8s.io/v1");
        assertThat(parsed.path("kind").asText()).isEqualTo("Policy");
        assertThat(parsed.path("omitManagedFields").asBoolean()).isTrue();
        assertThat(parsed.path("omitStages").toString()).isEqualTo("[\"RequestReceived\",\"ResponseStarted\"]");
    }

    @Test
    void saysWhatRecordingSecretsMeans() {
        assertThat(AuditPolicy.of(Requests.with(Set.of(), List.of(), false)))
                .contains("shows as \"suspected\"")
                .doesNotContain("ARE recorded");
        assertThat(AuditPolicy.of(Requests.with(Set.of("secrets"), List.of(), false)))
                .contains("Secrets ARE recorded with bodies");
    }
}
