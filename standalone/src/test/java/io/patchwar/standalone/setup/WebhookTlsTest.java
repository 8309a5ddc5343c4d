package io.patchwar.standalone.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchwar.service.tls.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** The kubeconfig's client and ingest's server, as setup made them, shake hands for real. */
class WebhookTlsTest {
    private static final int PATIENCE = (int) Duration.ofSeconds(30).toMillis();

    private record Side(String certificate, String key, String authority) {
        SSLContext context() throws Exception {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            PrivateKey privateKey = Pem.of("key", key).key();
            own.setKeyEntry("own", privateKey, new char[0], new X509Certificate[] {x509(certificate)});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, new char[0]);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", x509(authority));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        }
    }

    private static X509Certificate x509(String pem) throws Exception {
        return Pem.of("certificate", pem).certificates().get(0);
    }

    private static Side server(Map<String, String> files) {
        return new Side(files.get("tls/server.crt"), files.get("tls/server.key"), files.get("tls/ca.crt"));
    }

    /** The client out of the kubeconfig, as client-go reads it. */
    private static Side client(Map<String, String> files) {
        JsonNode config = Requests.yaml(files.get("webhook.kubeconfig"));
        assertThat(config.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(config.path("kind").asText()).isEqualTo("Config");
        String current = config.path("current-context").asText();
        JsonNode context = named(config.path("contexts"), current).path("context");
        JsonNode cluster =
                named(config.path("clusters"), context.path("cluster").asText()).path("cluster");
        JsonNode user =
                named(config.path("users"), context.path("user").asText()).path("user");
        assertThat(cluster.path("server").asText()).isEqualTo("https://127.0.0.1:8443/audit/prod");
        assertThat(user.path("token").asText()).isEqualTo(files.get("token").strip());
        return new Side(
                decoded(user.path("client-certificate-data")),
                decoded(user.path("client-key-data")),
                decoded(cluster.path("certificate-authority-data")));
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode item : list) {
            if (item.path("name").asText().equals(name)) {
                return item;
            }
        }
        throw new AssertionError("no " + name + " in " + list);
    }

    private static String decoded(JsonNode data) {
        return new String(Base64.getDecoder().decode(data.asText()), StandardCharsets.US_ASCII);
    }

    /** Connects and sends a byte; returns the name in the certificate that the server was shown. */
    private static String shakeHands(Side server, Side client, String host) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (SSLServerSocket listening = (SSLServerSocket)
                server.context().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            listening.setSoTimeout(PATIENCE);
            Future<String> shown = other.submit(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.setSoTimeout(PATIENCE);
                    assertThat(socket.getInputStream().read()).isEqualTo(1);
                    socket.getOutputStream().write(2);
                    return socket.getSession().getPeerPrincipal().getName();
                }
            });
            try (SSLSocket socket = (SSLSocket) client.context()
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                parameters.setServerNames(List.of());
                socket.setSSLParameters(parameters);
                socket.setSoTimeout(PATIENCE);
                assertThat(socket.getInetAddress().getHostAddress()).isEqualTo(host);
                socket.getOutputStream().write(1);
                assertThat(socket.getInputStream().read()).isEqualTo(2);
            } catch (IOException clients) {
                throw servers(shown, clients);
            }
            return shown.get(PATIENCE, TimeUnit.MILLISECONDS);
        } finally {
            other.shutdownNow();
        }
    }

    /** Why the server ended it, if it was the server: the client may see no more than a broken connection. */
    private static Exception servers(Future<String> shown, IOException clients) throws Exception {
        try {
            shown.get(PATIENCE, TimeUnit.MILLISECONDS);
            return clients;
        } catch (ExecutionException e) {
            return clients instanceof SSLException ? clients : (Exception) e.getCause();
        }
    }

    @Test
    void theKubeconfigsClientAndIngestsServerTrustEachOther() throws Exception {
        Map<String, String> files = Requests.written(Requests.on(Platform.KUBEADM));
        assertThat(shakeHands(server(files), client(files), "127.0.0.1")).contains("CN=prod");
    }

    @Test
    void aClientOfAnotherSetupIsRefused() {
        Map<String, String> files = Requests.written(Requests.on(Platform.KUBEADM));
        Map<String, String> others = Requests.written(Requests.on(Platform.KUBEADM));
        Side stranger = client(others);
        Side trusting = new Side(stranger.certificate(), stranger.key(), files.get("tls/ca.crt"));
        assertThatThrownBy(() -> shakeHands(server(files), trusting, "127.0.0.1"))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void aServerOfAnotherSetupIsNotTrusted() {
        Map<String, String> files = Requests.written(Requests.on(Platform.KUBEADM));
        Map<String, String> others = Requests.written(Requests.on(Platform.KUBEADM));
        assertThatThrownBy(() -> shakeHands(server(others), client(files), "127.0.0.1"))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void aSecondClusterSignedByTheSameAuthorityTalksToTheSameServer() throws Exception {
        Map<String, String> first = Requests.written(Requests.on(Platform.KUBEADM));
        var second = Setup.files(
                Requests.on(Platform.K3S), Requests.OUTPUT, first.get("tls/ca.crt"), first.get("tls/ca.key"));
        Map<String, String> files = new java.util.TreeMap<>();
        second.forEach(file -> files.put(file.name(), file.content()));
        assertThat(shakeHands(server(first), client(files), "127.0.0.1")).contains("CN=prod");
    }

    @Test
    void theServersCertificateHoldsForEveryNameItMayBeCalledBy() throws Exception {
        SetupRequest request = new SetupRequest(
                "prod",
                Platform.KUBEADM,
                URI.create("https://ingest.example.com:8443"),
                List.of("10.0.0.7"),
                Set.of(),
                List.of(),
                false,
                Requests.NOW,
                Duration.ofDays(30));
        X509Certificate server = x509(Requests.written(request).get("tls/server.crt"));
        assertThat(server.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1).toString()))
                .contains("ingest.example.com", "10.0.0.7", "localhost", "127.0.0.1", "patchwar-ingest.patchwar.svc");
        assertThat(server.getNotAfter().toInstant()).isEqualTo(Requests.NOW.plus(Duration.ofDays(30)));
        assertThat(server.getNotBefore().toInstant()).isBefore(Requests.NOW);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void nothingThatAnAuthoritySignsOutlivesIt() throws Exception {
        Instant now = Requests.NOW;
        CertificateAuthority authority = CertificateAuthority.create("short", now, Duration.ofDays(1));
        var client = authority.client("prod", now, Duration.ofDays(90));
        assertThat(x509(client.certificate()).getNotAfter().toInstant()).isEqualTo(authority.end());
    }

    @Test
    void aClientsCertificateSignsNoOther() {
        Map<String, String> files = Requests.written(Requests.on(Platform.KUBEADM));
        Side client = client(files);
        assertThatThrownBy(() -> CertificateAuthority.read(client.certificate(), client.key()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none of an authority");
    }
}
