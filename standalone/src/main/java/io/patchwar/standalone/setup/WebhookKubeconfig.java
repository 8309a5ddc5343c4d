package io.patchwar.standalone.setup;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The kubeconfig by which an API server's audit webhook finds ingest and shows who it is. Stateless. */
final class WebhookKubeconfig {
    private WebhookKubeconfig() {}

    static String of(SetupRequest request, Issued tls, String token) {
        if (!request.isEncrypted()) {
            return """
                    # Where the API servers of cluster %1$s send their audit events. Over plain HTTP the API server sends no token, and
                    # ingest takes it from its own machine only.
                    apiVersion: v1
                    kind: Config
                    clusters:
                      - name: patchwar
                        cluster:
                          server: %2$s
                    users:
                      - name: kube-apiserver
                        user: {}
                    contexts:
                      - name: patchwar
                        context:
                          cluster: patchwar
                          user: kube-apiserver
                    current-context: patchwar
                    """.formatted(request.cluster(), request.webhook());
        }
        return """
                # Where the API servers of cluster %1$s send their audit events, and how they prove who they are. Holds a private key and a
                # token: mode 0600, and root alone on the node. The host must be one that the control plane's own network finds: an API
                # server asks the node's resolver, which knows no service names.
                apiVersion: v1
                kind: Config
                clusters:
                  - name: patchwar
                    cluster:
                      server: %2$s
                      certificate-authority-data: %3$s
                users:
                  - name: kube-apiserver
                    user:
                      client-certificate-data: %4$s
                      client-key-data: %5$s
                      token: %6$s
                contexts:
                  - name: patchwar
                    context:
                      cluster: patchwar
                      user: kube-apiserver
                current-context: patchwar
                """.formatted(
                        request.cluster(),
                        request.webhook(),
                        base64(tls.authority()),
                        base64(tls.client().certificate()),
                        base64(tls.client().key()),
                        token);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
