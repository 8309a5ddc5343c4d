package io.patchwar.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.fields.KubernetesSchema.Node;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesSchemaTest {
    private final KubernetesSchema schema = KubernetesSchema.shipped();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    v1      | Service               | spec.ports                                           | port protocol
                    apps/v1 | Deployment            | spec.template.spec.containers                        | name
                    apps/v1 | Deployment            | spec.template.spec.containers[].env                  | name
                    apps/v1 | Deployment            | spec.template.spec.containers[].volumeMounts         | mountPath
                    apps/v1 | Deployment            | spec.template.spec.containers[].ports                | containerPort protocol
                    apps/v1 | DaemonSet             | spec.template.spec.initContainers                    | name
                    apps/v1 | StatefulSet           | spec.template.spec.topologySpreadConstraints         | topologyKey whenUnsatisfiable
                    batch/v1 | CronJob              | spec.jobTemplate.spec.template.spec.volumes          | name
                    v1      | Pod                   | spec.ephemeralContainers[].volumeDevices             | devicePath
                    v1      | Pod                   | spec.hostAliases                                     | ip
                    v1      | Pod                   | status.conditions                                    | type
                    v1      | Pod                   | metadata.ownerReferences                             | uid
                    v1      | ServiceAccount        | secrets                                              | name
                    v1      | Node                  | status.addresses                                     | type
                    storage.k8s.io/v1  | CSINode    | spec.drivers                                         | name
                    resource.k8s.io/v1 | ResourceClaim | status.devices                                    | driver device pool shareID
                    admissionregistration.k8s.io/v1 | ValidatingWebhookConfiguration | webhooks            | name
                    admissionregistration.k8s.io/v1 | MutatingWebhookConfiguration   | webhooks[].matchConditions | name
                    apiextensions.k8s.io/v1 | CustomResourceDefinition | status.conditions                 | type
                    apiextensions.k8s.io/v1 | CustomResourceDefinition | spec.versions[].schema.openAPIV3Schema.properties.spec.properties.conditions.x-kubernetes-validations | rule
                    apiregistration.k8s.io/v1 | APIService      | status.conditions                            | type
                    gateway.networking.k8s.io/v1 | Gateway      | spec.listeners                               | name
                    gateway.networking.k8s.io/v1 | Gateway      | status.listeners[].conditions                | type
                    gateway.networking.k8s.io/v1 | HTTPRoute    | spec.rules[].matches[].headers               | name
                    """)
    void keysAListAsTheOpenApiDoes(String apiVersion, String kind, String path, String keys) {
        Node list = at(apiVersion, kind, path);

        assertThat(list.list()).isEqualTo(ListKind.KEYED);
        assertThat(list.keys()).containsExactly(keys.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    v1       | Pod | status.podIPs     | ip
                    v1       | Pod | status.hostIPs    | ip
                    batch/v1 | Job | status.conditions | type
                    """)
    void keysAListThatOnlyAStrategicMergePatchKeys(String apiVersion, String kind, String path, String keys) {
        assertThat(at(apiVersion, kind, path).list()).isEqualTo(ListKind.KEYED);
        assertThat(at(apiVersion, kind, path).keys()).containsExactly(keys);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    v1      | Pod     | metadata.finalizers
                    apps/v1 | Deployment | spec.template.metadata.finalizers
                    v1      | Node    | spec.podCIDRs
                    batch/v1 | Job    | status.uncountedTerminatedPods.failed
                    storage.k8s.io/v1 | CSIDriver | spec.volumeLifecycleModes
                    gateway.networking.k8s.io/v1 | HTTPRoute | spec.rules[].filters[].requestHeaderModifier.remove
                    """)
    void takesAListForASetWhereTheOpenApiDoes(String apiVersion, String kind, String path) {
        assertThat(at(apiVersion, kind, path).list()).isEqualTo(ListKind.SET);
        assertThat(at(apiVersion, kind, path).keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    v1      | Pod                  | spec.tolerations
                    v1      | Pod                  | spec.containers[].args
                    v1      | Pod                  | status.containerStatuses
                    v1      | Service              | status.loadBalancer.ingress
                    v1      | Service              | status.loadBalancer.ingress[].ports
                    v1      | Service              | spec.externalIPs
                    apps/v1 | StatefulSet          | spec.volumeClaimTemplates
                    networking.k8s.io/v1 | Ingress | spec.rules
                    networking.k8s.io/v1 | Ingress | spec.rules[].http.paths
                    autoscaling/v2 | HorizontalPodAutoscaler | spec.metrics
                    discovery.k8s.io/v1 | EndpointSlice | endpoints
                    discovery.k8s.io/v1 | EndpointSlice | ports
                    rbac.authorization.k8s.io/v1 | ClusterRole | rules
                    apiextensions.k8s.io/v1 | CustomResourceDefinition | spec.versions
                    gateway.networking.k8s.io/v1 | HTTPRoute | spec.rules
                    """)
    void takesAnyOtherListForOneValue(String apiVersion, String kind, String path) {
        assertThat(at(apiVersion, kind, path).list()).isEqualTo(ListKind.ATOMIC);
        assertThat(at(apiVersion, kind, path).keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    v1 | Pod           | spec.containers[].resources.limits.cpu
                    v1 | Pod           | spec.containers[].resources.requests.nvidia.com/gpu
                    v1 | Pod           | spec.volumes[].emptyDir.sizeLimit
                    v1 | Pod           | spec.containers[].env[].valueFrom.resourceFieldRef.divisor
                    v1 | Pod           | status.containerStatuses[].allocatedResources.memory
                    v1 | ResourceQuota | spec.hard.requests_cpu
                    v1 | ResourceQuota | spec.hard.conditions
                    v1 | ResourceQuota | status.used.pods
                    v1 | LimitRange    | spec.limits[].default.memory
                    v1 | Node          | status.allocatable.cpu
                    v1 | PersistentVolume | spec.capacity.storage
                    v1 | PersistentVolumeClaim | spec.resources.requests.storage
                    apps/v1 | StatefulSet | spec.volumeClaimTemplates[].spec.resources.requests.storage
                    autoscaling/v2 | HorizontalPodAutoscaler | spec.metrics[].pods.target.averageValue
                    resource.k8s.io/v1 | ResourceSlice | spec.devices[].capacity.memory.value
                    resource.k8s.io/v1 | ResourceSlice | spec.devices[].capacity.memory.requestPolicy.validValues[]
                    """)
    void knowsQuantities(String apiVersion, String kind, String path) {
        assertThat(at(apiVersion, kind, path).quantity()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    v1      | Pod           | spec.containers[].resources.limits
                    v1      | Pod           | spec.containers[].image
                    v1      | Pod           | metadata.labels.cpu
                    v1      | ConfigMap     | data.memory
                    v1      | ResourceQuota | spec.scopes
                    apps/v1 | Deployment    | spec.replicas
                    v1      | Service       | spec.ports[].targetPort
                    """)
    void takesNothingElseForAQuantity(String apiVersion, String kind, String path) {
        assertThat(at(apiVersion, kind, path).quantity()).isFalse();
    }

    @Test
    void knowsWhereANumberOrATextMayStand() {
        assertThat(at("v1", "Service", "spec.ports[].targetPort").intOrString()).isTrue();
        assertThat(at("policy/v1", "PodDisruptionBudget", "spec.maxUnavailable").intOrString())
                .isTrue();
        assertThat(at("v1", "Service", "spec.ports[].port").intOrString()).isFalse();
    }

    @Test
    void fillsInTheProtocolOfAPortAndNoOtherKey() {
        Node ports = at("v1", "Service", "spec.ports");

        assertThat(ports.keyDefault("protocol")).isEqualTo("TCP");
        assertThat(ports.keyDefault("port")).isNull();
        assertThat(ports.keyDefault("nodePort")).isNull();
        assertThat(at("v1", "Pod", "spec.containers[].ports").keyDefault("protocol"))
                .isEqualTo("TCP");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    v1                 | Node                | spec.taints                  | key effect
                    resource.k8s.io/v1 | ResourceSlice       | spec.devices[].taints        | key effect
                    gateway.networking.k8s.io/v1 | HTTPRoute | status.parents               | controllerName parentRef
                    gateway.networking.k8s.io/v1 | HTTPRoute | status.parents[].conditions  | type
                    gateway.networking.k8s.io/v1 | BackendTLSPolicy | status.ancestors[].conditions | type
                    example.com/v1     | Widget              | status.conditions            | type
                    example.com/v1     | Widget              | status.replicas[].conditions | type
                    example.com/v1     | Widget              | spec.template.spec.taints    | key effect
                    example.com/v1     | Widget              | status.parents               | controllerName parentRef
                    example.com/v1     | Widget              | status.parents[].conditions  | type
                    example.com/v1     | Widget              | metadata.ownerReferences     | uid
                    """)
    void keepsTheConventionsInAnyResource(String apiVersion, String kind, String path, String keys) {
        assertThat(at(apiVersion, kind, path).list()).isEqualTo(ListKind.KEYED);
        assertThat(at(apiVersion, kind, path).keys()).containsExactly(keys.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec.ports",
                "spec.containers",
                "spec.template.spec.containers",
                "spec.template.spec.containers[].env",
                "spec.volumes",
                "spec.hostAliases",
                "spec.ownerReferences",
                "spec.finalizers",
                "finalizers",
                "status.loadBalancer.ingress"
            })
    void readsNothingIntoACustomResourceBeyondTheConventions(String path) {
        assertThat(at("example.com/v1", "Widget", path).list()).isEqualTo(ListKind.ATOMIC);
    }

    @Test
    void knowsTheFinalizersOfACustomResource() {
        assertThat(at("example.com/v1", "Widget", "metadata.finalizers").list()).isEqualTo(ListKind.SET);
    }

    @Test
    void takesAKindOfTheSameNameInAnotherGroupForACustomOne() {
        assertThat(at("serving.knative.dev/v1", "Service", "spec.ports").list()).isEqualTo(ListKind.ATOMIC);
        assertThat(at("v1", "Deployment", "spec.template.spec.containers").list())
                .isEqualTo(ListKind.ATOMIC);
        assertThat(at("app/v1", "Deployment", "spec.template.spec.containers").list())
                .isEqualTo(ListKind.ATOMIC);
        assertThat(at("apps.example/v1", "Deployment", "spec.template.spec.containers")
                        .list())
                .isEqualTo(ListKind.ATOMIC);
    }

    @Test
    void tellsTheVersionsOfAKindApartWhereTheyDiffer() {
        assertThat(at("autoscaling/v2", "HorizontalPodAutoscaler", "spec.metrics[].resource.target.value")
                        .quantity())
                .isTrue();
        assertThat(at("autoscaling/v1", "HorizontalPodAutoscaler", "spec.metrics[].resource.target.value")
                        .quantity())
                .isFalse();
        assertThat(at("autoscaling/v1", "HorizontalPodAutoscaler", "metadata.finalizers")
                        .list())
                .isEqualTo(ListKind.SET);
    }

    @Test
    void takesAVersionThatItDoesNotKnowForTheMostStableOne() {
        assertThat(schema.root("autoscaling/v2beta2", "HorizontalPodAutoscaler"))
                .isSameAs(schema.root("autoscaling/v2", "HorizontalPodAutoscaler"));
        assertThat(schema.root("apps/v1beta1", "Deployment")).isSameAs(schema.root("apps/v1", "Deployment"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v1", "v1/", "a/b/c", "\u0000", "apps/"})
    void neverLacksARoot(String apiVersion) {
        assertThat(schema.root(apiVersion, "Nothing")
                        .field("status")
                        .field("conditions")
                        .keys())
                .containsExactly("type");
        assertThat(schema.root(apiVersion, "Deployment")
                        .field("status")
                        .field("conditions")
                        .keys())
                .containsExactly("type");
    }

    @Test
    void descendsAsDeepAsABodyGoes() {
        Node schemaProps =
                at("apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec.versions[].schema.openAPIV3Schema");
        Node deep = schemaProps;
        Node custom = schema.root("example.com/v1", "Widget").field("spec");
        for (int depth = 0; depth < 1000; depth++) {
            deep = deep.field("properties").field("a");
            custom = custom.field("a").item();
        }
        assertThat(deep).isSameAs(schemaProps);
        assertThat(custom.field("conditions").keys()).containsExactly("type");
    }

    @Test
    void sharesOneNodeAmongAllWhoMeanTheSame() {
        assertThat(at("v1", "Pod", "spec.containers"))
                .isSameAs(at("apps/v1", "Deployment", "spec.template.spec.containers"));
        assertThat(at("v1", "Pod", "status.conditions")).isSameAs(at("example.com/v1", "Widget", "status.conditions"));
    }

    @Test
    void findsAFieldByItsBytesWithinABody() {
        byte[] body = "{\"containers\":[]}".getBytes(StandardCharsets.UTF_8);
        Node spec = at("v1", "Pod", "spec");

        assertThat(spec.field(body, 2, 12)).isSameAs(spec.field("containers"));
        assertThat(spec.field(body, 2, 11)).isSameAs(spec.field("container")).isNotSameAs(spec.field("containers"));
        assertThat(spec.field(body, 2, 2)).isSameAs(spec.field(""));
    }

    @Test
    void isAsLargeAsKubernetesIs() {
        assertThat(schema.kindCount()).isBetween(60, 90);
    }

    @Test
    void saysHowLongItTakesToLoad() {
        long before = System.nanoTime();
        KubernetesSchema again = SchemaTable.shipped();
        long micros = (System.nanoTime() - before) / 1_000;

        System.out.println("loaded " + again.kindCount() + " kinds in " + micros + " µs");
        assertThat(again.kindCount()).isEqualTo(schema.kindCount());
    }

    /** Follows {@code a.b[].c} by name and by bytes at once. */
    private Node at(String apiVersion, String kind, String path) {
        Node node = schema.root(apiVersion, kind);
        for (String step : path.replace("nvidia.com", "nvidia~com").split("\\.")) {
            String name = step.replace("[]", "").replace('~', '.');
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            assertThat(node.field(bytes, 0, bytes.length)).isSameAs(node.field(name));
            node = node.field(name);
            if (step.endsWith("[]")) {
                node = node.item();
            }
        }
        return node;
    }
}
