package io.patchwar.standalone.setup;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What to set up.
 *
 * @param cluster its name; goes into a path of the webhook's address
 * @param url where the API servers reach ingest: scheme, host and port, without a path
 * @param names further names and addresses of ingest, for its certificate
 * @param bodies of the resources that are recorded without bodies otherwise, those that are to be recorded with them:
 *     {@code secrets}, {@code configmaps}
 * @param groups API groups to record with bodies beside the built-in ones
 * @param kubelets whether to record what kubelets write
 * @param now when the certificates begin to hold
 * @param valid how long they do
 */
public record SetupRequest(
        String cluster,
        Platform platform,
        URI url,
        List<String> names,
        Set<String> bodies,
        List<String> groups,
        boolean kubelets,
        Instant now,
        Duration valid) {
    public static final String SECRETS = "secrets";
    public static final String CONFIG_MAPS = "configmaps";

    public SetupRequest {
        names = List.copyOf(names);
        bodies = Set.copyOf(bodies);
        groups = List.copyOf(groups);
    }

    /** Where the API servers post their events. */
    URI webhook() {
        return URI.create(url + "/audit/" + cluster);
    }

    boolean isEncrypted() {
        return "https".equals(url.getScheme());
    }
}
