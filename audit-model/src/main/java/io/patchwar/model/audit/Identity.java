package io.patchwar.model.audit;

import io.patchwar.model.Actor;
import org.jspecify.annotations.Nullable;

/** Who made a request: from account, field manager and user agent to the three levels of an {@link Actor}. */
final class Identity {
    private static final String CONTROLLER_MANAGER = "kube-controller-manager";
    private static final int LONGEST = 512;

    private Identity() {}

    static Actor of(String account, @Nullable String fieldManager, String userAgent, @Nullable String pod) {
        String instance = pod != null ? pod : userAgent;
        return new Actor(bounded(account), bounded(program(fieldManager, userAgent)), bounded(instance), pod != null);
    }

    /** The field manager, else the user agent up to its first slash, else {@code unknown}. */
    private static String program(@Nullable String fieldManager, String userAgent) {
        String name = fieldManager != null && !fieldManager.isEmpty() ? fieldManager : untilSlash(userAgent);
        if (name.equals("kubectl") || name.startsWith("kubectl-")) {
            return "kubectl";
        }
        if (name.equals(CONTROLLER_MANAGER)) {
            return controller(userAgent);
        }
        return name.isEmpty() ? Actor.UNKNOWN_PROGRAM : name;
    }

    private static String untilSlash(String userAgent) {
        int slash = userAgent.indexOf('/');
        return (slash < 0 ? userAgent : userAgent.substring(0, slash)).strip();
    }

    /**
     * The controller behind {@code kube-controller-manager/v1.28.14 (linux/amd64)
     * kubernetes/a4ef1a6/system:serviceaccount:kube-system:replicaset-controller}: all of them share one program.
     */
    private static String controller(String userAgent) {
        int kubernetes = userAgent.indexOf(" kubernetes/");
        int commit = kubernetes < 0 ? -1 : userAgent.indexOf('/', kubernetes + 12);
        if (commit < 0 || commit + 1 == userAgent.length()) {
            return CONTROLLER_MANAGER;
        }
        String suffix = userAgent.substring(commit + 1);
        return suffix.substring(suffix.lastIndexOf(':') + 1);
    }

    /** Names are the client's to choose, a megabyte of them too: what is cut keeps a digest, so that it stays itself. */
    static String bounded(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        long h = 1125899906842597L;
        for (int i = 0; i < text.length(); i++) {
            h = 31 * h + text.charAt(i);
        }
        return text.substring(0, LONGEST - 20) + "…#" + Long.toHexString(h);
    }
}
