package io.patchwar.model;

import java.util.Comparator;

/**
 * Order of resource versions: decimal strings of any length, compared by length, then lexically (Kubernetes KEP-5504;
 * {@code k8s.io/apimachinery/pkg/util/resourceversion}). Never parsed: they need not fit a {@code long}.
 */
public final class ResourceVersion {
    public static final Comparator<String> ORDER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private ResourceVersion() {}

    /** Digits, no leading zero, not {@code 0}: what may be compared. */
    public static boolean isComparable(String version) {
        if (version.isEmpty() || version.charAt(0) == '0' || version.length() > 64) {
            return false;
        }
        for (int i = 0; i < version.length(); i++) {
            char c = version.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }
}
