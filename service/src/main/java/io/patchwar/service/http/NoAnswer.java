package io.patchwar.service.http;

import io.patchwar.model.words.SafeText;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.http.HttpException;

/**
 * Why a server gave no answer that can be used, and what to look at, in one sentence without a full stop: what HTTP clients throw
 * speaks of their own insides, or of nothing. Whatever the other side had a hand in is escaped and short. Stateless.
 */
public final class NoAnswer {
    private static final int LONGEST = 200;

    /** Exceptions can be chained in a circle. */
    private static final int DEEPEST = 16;

    private NoAnswer() {}

    /**
     * Says it of a request that failed.
     *
     * @param failure as the client threw it, whatever it is wrapped in
     * @param server whom the request was for
     */
    public static String words(Throwable failure, URI server) {
        List<Throwable> chain = chain(failure);
        String host = SafeText.of(String.valueOf(server.getHost()), LONGEST);
        String at = host + ":" + port(server);
        if (has(chain, UnknownHostException.class) || has(chain, UnresolvedAddressException.class)) {
            return "the name " + host + " cannot be looked up; is it spelled right, and does DNS answer here?";
        }
        if (has(chain, SSLException.class)) {
            return tls(chain, host, at);
        }
        if (has(chain, NoRouteToHostException.class)) {
            return at + " cannot be reached from here; does a firewall or a network policy stand between?";
        }
        if (has(chain, SocketTimeoutException.class)
                || has(chain, HttpTimeoutException.class)
                || has(chain, TimeoutException.class)) {
            return "no connection to " + at + " in time; is it up, and does a firewall stand between?";
        }
        if (has(chain, ConnectException.class)) {
            return "nobody listens at " + at + "; is it up, and the port right?";
        }
        if (has(chain, HttpException.class) || has(chain, ProtocolException.class)) {
            return "what " + at + " answers is no HTTP; is the port right, and http or https meant?";
        }
        if (has(chain, EOFException.class)
                || has(chain, ClosedChannelException.class)
                || has(chain, SocketException.class)) {
            return at + " closed the connection without an answer; is the port right, http or https meant, and a proxy"
                    + " between that refuses?";
        }
        return "the request to " + at + " failed: " + said(chain.get(chain.size() - 1));
    }

    private static String tls(List<Throwable> chain, String host, String at) {
        if (has(chain, CertPathBuilderException.class)) {
            return "TLS: the certificate of " + at + " is signed by no authority that is trusted here; give that one's"
                    + " certificate as the CA";
        }
        if (chain.stream()
                .anyMatch(cause ->
                        said(cause).contains("plaintext") || said(cause).contains("unrecognized SSL"))) {
            return "TLS: " + at + " does not speak it; is http meant?";
        }
        String said = chain.stream()
                .filter(cause -> cause instanceof CertificateException || cause instanceof SSLException)
                .reduce((outer, inner) -> inner)
                .map(NoAnswer::said)
                .orElse("");
        return "TLS: " + said + "; is its certificate made for " + host + ", still valid, and is a client's asked for?";
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && chain.size() < DEEPEST; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    private static boolean has(List<Throwable> chain, Class<?> kind) {
        return chain.stream().anyMatch(kind::isInstance);
    }

    private static int port(URI server) {
        return server.getPort() >= 0 ? server.getPort() : "https".equals(server.getScheme()) ? 443 : 80;
    }

    private static String said(Throwable cause) {
        String message = cause.getMessage();
        return SafeText.of(message == null ? cause.getClass().getSimpleName() : message, LONGEST);
    }
}
