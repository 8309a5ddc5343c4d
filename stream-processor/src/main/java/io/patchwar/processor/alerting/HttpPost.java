package io.patchwar.processor.alerting;

import io.patchwar.model.words.SafeText;
import io.patchwar.service.http.NoAnswer;
import io.patchwar.service.tls.TlsMaterial;
import io.patchwar.settings.Amounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts to one address of an Alertmanager, under the name that it was configured by: the name is in the request and in the
 * certificate, the address only where the connection goes to. Follows no redirect, since credentials would follow, too. The
 * connection's TLS files are read again before each request. One thread at a time.
 */
final class HttpPost implements Post {
    private static final int LONGEST_TEXT = 200;

    private final AlertmanagerSettings target;
    private final InetAddress address;
    private final Executor threads;
    private @Nullable HttpClient client;
    private String fingerprint = "";

    HttpPost(AlertmanagerSettings target, InetAddress address, Executor threads) {
        this.target = target;
        this.address = address;
        this.threads = threads;
    }

    @Override
    public PostResult send(byte[] json) throws InterruptedException {
        long before = System.nanoTime();
        try {
            Request request = client().newRequest(target.alerts())
                    .method(HttpMethod.POST)
                    .timeout(target.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .body(new BytesRequestContent("application/json", json));
            String authorization = Credentials.authorization(target);
            request.headers(headers -> {
                target.headers().forEach(headers::put);
                if (authorization != null) {
                    headers.put(HttpHeader.AUTHORIZATION, authorization);
                }
            });
            ContentResponse response = request.send();
            return new PostResult(response.getStatus(), text(response), since(before));
        } catch (IOException e) {
            // Of a file that the configuration names, in words of ours.
            return PostResult.none(SafeText.of(String.valueOf(e.getMessage()), LONGEST_TEXT), since(before));
        } catch (TimeoutException e) {
            return PostResult.none(
                    "not within " + Amounts.text(target.timeout())
                            + "; is it up and not overloaded, and does a firewall" + " stand between?",
                    since(before));
        } catch (ExecutionException e) {
            return PostResult.none(NoAnswer.words(e, target.url()), since(before));
        }
    }

    private HttpClient client() throws IOException {
        HttpClient known = client;
        if (!target.isSecure()) {
            return known != null ? known : started(null);
        }
        TlsMaterial material = TlsMaterial.read(target.tls());
        String now = material.fingerprint();
        if (known != null && now.equals(fingerprint)) {
            return known;
        }
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(material.context());
        close();
        fingerprint = now;
        return started(tls);
    }

    private HttpClient started(SslContextFactory.@Nullable Client tls) throws IOException {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setConnectTimeout(target.timeout());
        if (tls != null) {
            connector.setSslContextFactory(tls);
        }
        HttpClient made = new HttpClient(new HttpClientTransportOverHTTP(connector));
        made.setExecutor(threads);
        InetSocketAddress to = new InetSocketAddress(named(), target.port());
        made.setSocketAddressResolver((host, port, context, promise) -> promise.succeeded(List.of(to)));
        made.setFollowRedirects(false);
        made.setMaxConnectionsPerDestination(1);
        made.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "patchwar"));
        try {
            made.start();
        } catch (Exception e) {
            throw new IOException("cannot start an HTTP client: " + e.getMessage(), e);
        }
        // They would follow a challenge or a redirect of their own accord, and fail where one is not well formed.
        made.getProtocolHandlers().clear();
        client = made;
        return made;
    }

    /** The address under the configured name: what is asked of the server's certificate comes from there. */
    private InetAddress named() throws UnknownHostException {
        return InetAddress.getByAddress(target.url().getHost(), address.getAddress());
    }

    /** What Alertmanager has to say: nothing where it took the alerts, a sentence where it did not. */
    private static String text(ContentResponse response) {
        if (response.getStatus() >= 300 && response.getStatus() < 400) {
            String to = response.getHeaders().get(HttpHeader.LOCATION);
            return "a redirect to " + SafeText.of(to == null ? "nowhere" : to, LONGEST_TEXT)
                    + ", which is not followed; is the URL's path right?";
        }
        return SafeText.of(response.getContentAsString().strip(), LONGEST_TEXT);
    }

    private static Duration since(long before) {
        return Duration.ofNanos(System.nanoTime() - before);
    }

    @Override
    public void close() {
        HttpClient known = client;
        client = null;
        if (known != null) {
            try {
                known.stop();
            } catch (Exception e) {
                throw new IllegalStateException("cannot stop an HTTP client", e);
            }
        }
    }
}
