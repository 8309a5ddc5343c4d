package io.patchwar.standalone.setup;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What runs the API servers, as far as it decides how their audit events are to be had. */
public enum Platform {
    KUBEADM("/etc/kubernetes/patchwar"),
    K3S("/etc/rancher/k3s/patchwar"),
    RKE2("/etc/rancher/rke2/patchwar"),
    KIND("/etc/kubernetes/patchwar"),
    /** The policy is one of four profiles, and a forwarder carries the events. */
    OPENSHIFT(""),
    /** The provider's policy, read from the provider's log. */
    EKS(""),
    GKE(""),
    AKS("");

    private final String directory;

    Platform(String directory) {
        this.directory = directory;
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether policy and webhook are the operator's to set; else the events come from a shipper's topic. */
    public boolean takesWebhook() {
        return !directory.isEmpty();
    }

    /** Where the files lie on a control-plane node; empty where none do. */
    String directory() {
        return directory;
    }

    public static Optional<Platform> of(String word) {
        return Arrays.stream(values())
                .filter(platform -> platform.word().equals(word))
                .findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Platform::word).toList();
    }
}
