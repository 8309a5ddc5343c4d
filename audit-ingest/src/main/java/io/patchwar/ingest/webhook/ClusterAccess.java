package io.patchwar.ingest.webhook;

import java.nio.file.Path;
import java.util.List;

/**
 * Who may post for a cluster.
 *
 * @param cluster its name, as in the path
 * @param tokenFiles files of bearer tokens, one a line, so that an old and a new one can hold at once
 * @param certificates names of client certificates: the common name, or a DNS name among the alternatives; asterisks allowed
 * @param both whether a token and a certificate are needed; else one will do
 */
public record ClusterAccess(String cluster, List<Path> tokenFiles, List<String> certificates, boolean both) {
    public ClusterAccess {
        tokenFiles = List.copyOf(tokenFiles);
        certificates = List.copyOf(certificates);
    }
}
