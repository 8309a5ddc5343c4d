package io.patchwar.ingest.webhook;

import io.patchwar.service.tls.TlsFiles;
import io.patchwar.service.tls.TlsMaterial;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The webhook's certificate and the authorities of its clients, exchanged while it stands. One thread. */
final class WebhookTls {
    private final TlsFiles files;
    private final boolean clientCertificate;
    private final SslContextFactory.Server ssl = new SslContextFactory.Server();

    private WebhookTls(TlsConfig config) {
        this.files = new TlsFiles(config.clientCa(), config.certificate(), config.key());
        this.clientCertificate = config.clientCertificate();
    }

    /** @throws IOException with what is wrong with which file */
    static WebhookTls of(TlsConfig config) throws IOException {
        WebhookTls tls = new WebhookTls(config);
        tls.load().putInto(tls.ssl);
        tls.ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        // API servers call by address as often as by name.
        tls.ssl.setSniRequired(false);
        return tls;
    }

    SslContextFactory.Server ssl() {
        return ssl;
    }

    List<Path> files() {
        return files.all();
    }

    /** Takes the files as they are now for new connections; those before hold if something is wrong with them. */
    void reload() throws IOException {
        Loaded loaded = load();
        try {
            ssl.reload(factory -> loaded.putInto(ssl));
        } catch (Exception e) {
            throw new IOException("the new certificate cannot be used: " + e.getMessage(), e);
        }
    }

    private Loaded load() throws IOException {
        TlsMaterial material = TlsMaterial.read(files);
        return new Loaded(material.own(), material.trusted(), clientCertificate);
    }

    private record Loaded(@Nullable KeyStore own, @Nullable KeyStore authorities, boolean clientCertificate) {
        void putInto(SslContextFactory.Server factory) {
            factory.setKeyStore(own);
            factory.setKeyStorePassword(TlsMaterial.PASSWORD);
            if (authorities != null) {
                factory.setTrustStore(authorities);
                factory.setNeedClientAuth(clientCertificate);
                factory.setWantClientAuth(!clientCertificate);
            }
        }
    }
}
