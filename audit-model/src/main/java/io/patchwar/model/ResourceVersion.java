package io.patchwar.model;

import java.util.Comparator;

/**
 * Order of resource versions: decimal strings of any length, compared by length, then lexically (Kubernetes KEP-5504;
 * {@code k8s.io/apimachinery/pkg/util/resourceversion}). Never parsed: they need not fit a {@code long}.
 */
public final class ResourceVersion {
    public static final Comparator<String> ORDER = ResourceVersion::compare;

    private ResourceVersion() {}

    /** Negative if {@code one} is the older, positive if the newer, 0 if both are the same. */
    public static int compare(String one, String other) {
        return one.length() != other.length() ? Integer.compare(one.length(), other.length()) : one.compareTo(other);
    }

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
