package io.patchwar.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of the resources that every cluster has, for events that name only the resource. */
public final class Kinds {
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

    private Kinds() {}

    /** The kind of a plural resource name; null where that is nobody's common knowledge. The group is the caller's to check. */
    public static @Nullable String of(String resource) {
        return KINDS.get(resource);
    }
}
