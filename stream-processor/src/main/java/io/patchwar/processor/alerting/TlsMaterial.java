package io.patchwar.processor.alerting;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What stands in {@link TlsFiles}, read once. Problems name the file and never what is in it. */
final class TlsMaterial {
    private static final String BEGIN_KEY = "-----BEGIN PRIVATE KEY-----";
    private static final String END_KEY = "-----END PRIVATE KEY-----";
    private static final char[] NO_PASSWORD = new char[0];
    private static final int LARGEST_FILE = 1 << 20;

    private final byte @Nullable [] ca;
    private final byte @Nullable [] certificate;
    private final byte @Nullable [] key;
    private final TlsFiles files;

    private TlsMaterial(TlsFiles files) throws IOException {
        this.files = files;
        this.ca = bytes(files.ca());
        this.certificate = bytes(files.certificate());
        this.key = bytes(files.key());
    }

    static TlsMaterial read(TlsFiles files) throws IOException {
        return new TlsMaterial(files);
    }

    private static byte @Nullable [] bytes(@Nullable Path file) throws IOException {
        if (file == null) {
            return null;
        }
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IOException(file + " is too large for a certificate or key");
            }
            return Files.readAllBytes(file);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new IOException(file + " may not be read by this user", e);
        }
    }

    /** Other contents, another fingerprint. */
    String fingerprint() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : new byte @Nullable [][] {ca, certificate, key}) {
                sha256.update((byte) 0);
                if (part != null) {
                    sha256.update(part);
                }
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot set up TLS: " + e.getMessage(), e);
        }
    }

    private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
        if (ca == null) {
            return null;
        }
        KeyStore store = empty();
        int n = 0;
        for (Certificate trusted : certificates(ca, files.ca())) {
            store.setCertificateEntry("ca-" + n++, trusted);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
        if (certificate == null || key == null) {
            return null;
        }
        KeyStore store = empty();
        Certificate[] chain = certificates(certificate, files.certificate()).toArray(Certificate[]::new);
        store.setKeyEntry("client", privateKey(key), NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(byte[] pem, @Nullable Path file) throws IOException {
        try {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificates in PEM", e);
        }
        throw new IOException(file + " holds no certificates in PEM");
    }

    private PrivateKey privateKey(byte[] pem) throws IOException, GeneralSecurityException {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN_KEY);
        int end = text.indexOf(END_KEY);
        if (begin < 0 || end < begin) {
            throw new IOException(
                    files.key() + " holds no key in PKCS#8 without a password; `openssl pkcs8 -topk8 -nocrypt`"
                            + " makes one of it");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN_KEY.length(), end));
        } catch (IllegalArgumentException e) {
            throw new IOException(files.key() + " holds a key that is not in Base64", e);
        }
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            PrivateKey found = privateKey(algorithm, der);
            if (found != null) {
                return found;
            }
        }
        throw new IOException(files.key() + " holds a key that is neither RSA, EC nor EdDSA");
    }

    /** Null if it is a key of another kind. */
    private static @Nullable PrivateKey privateKey(String algorithm, byte[] der) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
            return null;
        }
    }
}
