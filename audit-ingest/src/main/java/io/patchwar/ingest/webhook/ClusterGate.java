package io.patchwar.ingest.webhook;

import io.patchwar.model.Glob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who shows a cluster's token or client certificate. Tokens are held as hashes and compared in constant time.
 * Thread-safe; tokens are exchanged while it stands.
 */
final class ClusterGate implements Gate {
    private static final String BEARER = "Bearer ";
    private static final int DNS_NAME = 2;

    private final List<ClusterAccess> clusters;
    private volatile Map<String, List<byte[]>> tokens;

    private ClusterGate(List<ClusterAccess> clusters, Map<String, List<byte[]>> tokens) {
        this.clusters = List.copyOf(clusters);
        this.tokens = tokens;
    }

    /**
     * A gate with the tokens that the files hold.
     *
     * @throws IOException if one cannot be read, or holds what is no token
     */
    static ClusterGate of(List<ClusterAccess> clusters) throws IOException {
        return new ClusterGate(clusters, readTokens(clusters));
    }

    /** Reads the tokens anew; those before hold until all are read. */
    void reload() throws IOException {
        tokens = readTokens(clusters);
    }

    /** Files whose change makes a {@link #reload} worth it. */
    List<Path> files() {
        return clusters.stream().flatMap(c -> c.tokenFiles().stream()).toList();
    }

    private static Map<String, List<byte[]>> readTokens(List<ClusterAccess> clusters) throws IOException {
        Map<String, List<byte[]>> all = new HashMap<>();
        for (ClusterAccess access : clusters) {
            List<byte[]> hashes = new ArrayList<>();
            for (Path file : access.tokenFiles()) {
                TokenFile.read(file).forEach(token -> hashes.add(hash(token)));
            }
            all.put(access.cluster(), hashes);
        }
        return all;
    }

    @Override
    public Decision check(Request request, String cluster) {
        byte[] shown = bearer(request);
        List<String> names = certificateNames(request);
        boolean known = false;
        boolean exists = false;
        boolean passed = false;
        for (ClusterAccess access : clusters) {
            boolean byToken = shown != null && holds(tokens.getOrDefault(access.cluster(), List.of()), shown);
            boolean byCertificate = names.stream().anyMatch(name -> Glob.anyMatches(access.certificates(), name));
            boolean may = access.both() ? byToken && byCertificate : byToken || byCertificate;
            boolean asked = access.cluster().equals(cluster);
            known |= may;
            exists |= asked;
            passed |= asked && may;
        }
        if (passed) {
            return Decision.PASSED;
        }
        if (!known) {
            return Decision.UNKNOWN;
        }
        return exists ? Decision.WRONG_CLUSTER : Decision.NO_SUCH_CLUSTER;
    }

    private static boolean holds(List<byte[]> hashes, byte[] shown) {
        boolean found = false;
        for (byte[] hash : hashes) {
            found |= MessageDigest.isEqual(hash, shown);
        }
        return found;
    }

    private static byte @Nullable [] bearer(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? hash(header.substring(BEARER.length()).strip())
                : null;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Names of the certificate that the client proved to hold, which the authority of our choice signed. */
    private static List<String> certificateNames(Request request) {
        if (request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session) {
            X509Certificate[] chain = session.peerCertificates();
            if (chain != null && chain.length > 0) {
                return names(chain[0]);
            }
        }
        return List.of();
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (rdn.getType().equalsIgnoreCase("CN")) {
                    names.add(String.valueOf(rdn.getValue()));
                }
            }
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (Integer.valueOf(DNS_NAME).equals(alternative.get(0))) {
                        names.add(String.valueOf(alternative.get(1)));
                    }
                }
            }
        } catch (InvalidNameException | CertificateParsingException e) {
            return List.of();
        }
        return names;
    }
}
