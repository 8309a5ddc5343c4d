package io.patchwar.model.words;

import io.patchwar.model.Actor;
import io.patchwar.model.Contender;
import io.patchwar.model.Kinds;
import io.patchwar.model.ObjectRef;

/** Short names for accounts, contenders and objects, safe to show. Stateless. */
public final class Names {
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
    private static final int LONGEST_PROGRAM = 80;

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
        String kind = isKubernetesOwn(group) ? Kinds.of(resource) : null;
        return kind != null ? kind : SafeText.name(group.isEmpty() ? resource : resource + "." + group);
    }

    private static boolean isKubernetesOwn(String group) {
        return group.indexOf('.') < 0 || group.endsWith(".k8s.io");
    }
}
