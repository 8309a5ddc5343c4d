package io.patchwar.standalone.setup;

/**
 * A flag of kube-apiserver, with the reason for its value.
 *
 * @param name without dashes before it
 */
record ApiServerFlag(String name, String value, String reason) {
    String argument() {
        return name + "=" + value;
    }
}
