package io.patchwar.model.words;

import io.patchwar.model.Actor;
import io.patchwar.model.Contender;
import io.patchwar.model.ObjectRef;
import java.util.Map;

/** Short names for accounts, contenders and objects, safe to show. Stateless. */
public final class Names {
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
    private static final int LONGEST_PROGRAM = 80;

    /** Resources whose kind is not simply their singular with a capital. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("apiservices", "APIService"),
            Map.entry("certificatesigningrequests", "CertificateSigningRequest"),
            Map.entry("clusterrolebindings", "ClusterRoleBinding"),
            Map.entry("clusterroles", "ClusterRole"),
            Map.entry("configmaps", "ConfigMap"),
            Map.entry("controllerrevisions", "ControllerRevision"),
            Map.entry("cronjobs", "CronJob"),
            Map.entry("csidrivers", "CSIDriver"),
            Map.entry("csinodes", "CSINode"),
            Map.entry("customresourcedefinitions", "CustomResourceDefinition"),
            Map.entry("daemonsets", "DaemonSet"),
            Map.entry("deployments", "Deployment"),
            Map.entry("endpoints", "Endpoints"),
            Map.entry("endpointslices", "EndpointSlice"),
            Map.entry("horizontalpodautoscalers", "HorizontalPodAutoscaler"),
            Map.entry("ingresses", "Ingress"),
            Map.entry("ingressclasses", "IngressClass"),
            Map.entry("jobs", "Job"),
            Map.entry("leases", "Lease"),
            Map.entry("limitranges", "LimitRange"),
            Map.entry("mutatingwebhookconfigurations", "MutatingWebhookConfiguration"),
            Map.entry("namespaces", "Namespace"),
            Map.entry("networkpolicies", "NetworkPolicy"),
            Map.entry("nodes", "Node"),
            Map.entry("persistentvolumeclaims", "PersistentVolumeClaim"),
            Map.entry("persistentvolumes", "PersistentVolume"),
            Map.entry("poddisruptionbudgets", "PodDisruptionBudget"),
            Map.entry("pods", "Pod"),
            Map.entry("priorityclasses", "PriorityClass"),
            Map.entry("replicasets", "ReplicaSet"),
            Map.entry("replicationcontrollers", "ReplicationController"),
            Map.entry("resourcequotas", "ResourceQuota"),
            Map.entry("rolebindings", "RoleBinding"),
            Map.entry("roles", "Role"),
            Map.entry("secrets", "Secret"),
            Map.entry("serviceaccounts", "ServiceAccount"),
            Map.entry("services", "Service"),
            Map.entry("statefulsets", "StatefulSet"),
            Map.entry("storageclasses", "StorageClass"),
            Map.entry("validatingwebhookconfigurations", "ValidatingWebhookConfiguration"),
            Map.entry("volumeattachments", "VolumeAttachment"));

    private Names() {}

    /** {@code metallb-system/controller} for a service account; any other account as it is. */
    public static String account(String account) {
        if (account.isEmpty()) {
            return "(no account)";
        }
        if (account.startsWith(SERVICE_ACCOUNT)) {
            String rest = account.substring(SERVICE_ACCOUNT.length());
            int colon = rest.indexOf(':');
            if (colon > 0 && colon + 1 < rest.length() && rest.indexOf(':', colon + 1) < 0) {
                return SafeText.name(rest.substring(0, colon) + "/" + rest.substring(colon + 1));
            }
        }
        return SafeText.name(account);
    }

    /** The account, with the program where that says more. */
    public static String contender(Contender contender) {
        String account = account(contender.account());
        return contender.program().equals(Actor.UNKNOWN_PROGRAM)
                        || contender.program().isEmpty()
                ? account
                : account + " (" + program(contender) + ")";
    }

    /** What the contender calls itself, cut short. */
    public static String program(Contender contender) {
        return SafeText.of(contender.program(), LONGEST_PROGRAM);
    }

    /** {@code Service apps/web-1}; {@code widgets.example.com shop/one} where the kind is nobody's common knowledge. */
    public static String object(ObjectRef object) {
        return kind(object.group(), object.resource()) + " " + SafeText.name(object.qualifiedName());
    }

    /** The kind of a resource that every cluster has, else the resource with its group. */
    public static String kind(String group, String resource) {
        String kind = isKubernetesOwn(group) ? KINDS.get(resource) : null;
        return kind != null ? kind : SafeText.name(group.isEmpty() ? resource : resource + "." + group);
    }

    private static boolean isKubernetesOwn(String group) {
        return group.indexOf('.') < 0 || group.endsWith(".k8s.io");
    }
}
