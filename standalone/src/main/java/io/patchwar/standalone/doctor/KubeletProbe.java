package io.patchwar.standalone.doctor;

import java.util.List;
import java.util.function.Consumer;

/** Whether kubelets are heard: pods that are bound to nodes must then be written to by them. */
final class KubeletProbe implements Probe {
    private static final int FEWEST = 3;
    private static final String NODE = "system:node:";

    private long bindings;
    private long kubelets;

    @Override
    public void event(RawEvent event) {
        bindings += event.subresource.equals("binding") && event.isStored() ? 1 : 0;
        kubelets += event.user.startsWith(NODE) ? 1 : 0;
    }

    /** Whether kubelets seem to write without being recorded. */
    boolean areHidden() {
        return bindings >= FEWEST && kubelets == 0;
    }

    @Override
    public void conclude(Consumer<Finding> findings) {
        if (areHidden()) {
            findings.accept(new Finding(
                    Symptom.KUBELETS_HIDDEN,
                    bindings,
                    0,
                    List.of("pods were bound to nodes, and no write of a kubelet followed")));
        }
    }
}
