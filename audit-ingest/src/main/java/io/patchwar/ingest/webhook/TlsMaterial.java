package io.patchwar.ingest.webhook;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The webhook's certificate and the authorities of its clients, exchanged while it stands. One thread. */
final class TlsMaterial {
    private final TlsConfig config;
    private final SslContextFactory.Server ssl = new SslContextFactory.Server();

    private TlsMaterial(TlsConfig config) {
        this.config = config;
    }

    /** @throws IOException with what is wrong with which file */
    static TlsMaterial of(TlsConfig config) throws IOException {
        TlsMaterial material = new TlsMaterial(config);
        material.apply(material.ssl);
        material.ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        // API servers call by address as often as by name.
        material.ssl.setSniRequired(false);
        return material;
    }

    SslContextFactory.Server ssl() {
        return ssl;
    }

    List<Path> files() {
        Path ca = config.clientCa();
        return ca == null
                ? List.of(config.certificate(), config.key())
                : List.of(config.certificate(), config.key(), ca);
    }

    /** Takes the files as they are now for new connections; those before hold if something is wrong with them. */
    void reload() throws IOException {
        Loaded loaded = load();
        try {
            ssl.reload(factory -> loaded.putInto(ssl, config));
        } catch (Exception e) {
            throw new IOException("the new certificate cannot be used: " + e.getMessage(), e);
        }
    }

    private void apply(SslContextFactory.Server factory) throws IOException {
        load().putInto(factory, config);
    }

    private record Loaded(KeyStore own, @Nullable KeyStore authorities, String password) {
        void putInto(SslContextFactory.Server factory, TlsConfig config) {
            factory.setKeyStore(own);
            factory.setKeyStorePassword(password);
            if (authorities != null) {
                factory.setTrustStore(authorities);
                factory.setNeedClientAuth(config.clientCertificate());
                factory.setWantClientAuth(!config.clientCertificate());
            }
        }
    }

    private Loaded load() throws IOException {
        List<Certificate> chain = Pem.certificates(config.certificate());
        PrivateKey key = Pem.key(config.key());
        String password = UUID.randomUUID().toString();
        try {
            if (!belongTogether(key, chain.get(0).getPublicKey())) {
                throw new IOException(config.key() + " is not the key of the certificate in " + config.certificate());
            }
            KeyStore own = empty();
            own.setKeyEntry("webhook", key, password.toCharArray(), chain.toArray(Certificate[]::new));
            KeyStore authorities = null;
            if (config.clientCa() != null) {
                authorities = empty();
                int n = 0;
                for (Certificate authority : Pem.certificates(config.clientCa())) {
                    authorities.setCertificateEntry("authority-" + n++, authority);
                }
            }
            return new Loaded(own, authorities, password);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use " + config.certificate() + ": " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Files are exchanged one after the other; between the two, they are of different pairs. */
    private static boolean belongTogether(PrivateKey key, PublicKey of) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        Signature signature = Signature.getInstance(algorithm);
        byte[] text = {1, 2, 3};
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(of);
            signature.update(text);
            return signature.verify(signed);
        } catch (java.security.InvalidKeyException | java.security.SignatureException e) {
            return false;
        }
    }
}
