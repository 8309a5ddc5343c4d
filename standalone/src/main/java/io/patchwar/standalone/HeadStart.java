package io.patchwar.standalone;

import io.patchwar.fields.DigestKey;
import io.patchwar.fields.KubernetesSchema;

/**
 * Makes what every scan needs, and takes some time to make, while the command line is still being read: on another processor, where
 * there is one. Who needs it first waits for it, or makes it.
 */
final class HeadStart {
    private HeadStart() {}

    static void begin() {
        Thread thread = new Thread(HeadStart::make, "head-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void make() {
        // Of the key nothing is kept but that Java has found out who makes digests.
        DigestKey.random();
        KubernetesSchema.shipped();
    }
}
