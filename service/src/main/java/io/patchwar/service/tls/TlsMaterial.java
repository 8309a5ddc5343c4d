package io.patchwar.service.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What stands in {@link TlsFiles}, read once. Problems name the file and never what is in it. Immutable. */
public final class TlsMaterial {
    /** Of the stores, which are in this process's memory only. */
    public static final String PASSWORD = "";

    private final TlsFiles files;
    private final @Nullable Pem ca;
    private final @Nullable Pem certificate;
    private final @Nullable Pem key;

    private TlsMaterial(TlsFiles files) throws IOException {
        this.files = files;
        this.ca = read(files.ca());
        this.certificate = read(files.certificate());
        this.key = read(files.key());
    }

    /**
     * Reads the files as they are now.
     *
     * @throws IOException if one cannot be read; what is in them is looked at later
     */
    public static TlsMaterial read(TlsFiles files) throws IOException {
        return new TlsMaterial(files);
    }

    private static @Nullable Pem read(@Nullable Path file) throws IOException {
        return file == null ? null : Pem.read(file);
    }

    /** Other contents, another fingerprint. */
    public String fingerprint() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (Pem part : new @Nullable Pem[] {ca, certificate, key}) {
                sha256.update((byte) 0);
                if (part != null) {
                    part.digestInto(sha256);
                }
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * For connections of which this is one side.
     *
     * @throws IOException with what is wrong with which file
     */
    public SSLContext context() throws IOException {
        KeyStore own = own();
        KeyStore trusted = trusted();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : managers(own), trusted == null ? null : believers(trusted), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot set up TLS: " + e.getMessage(), e);
        }
    }

    /**
     * The certificate with its key, under {@link #PASSWORD}; null if there is none.
     *
     * @throws IOException with what is wrong with which file; also if the two do not belong together
     */
    public @Nullable KeyStore own() throws IOException {
        if (certificate == null || key == null) {
            return null;
        }
        List<X509Certificate> chain = certificate.certificates();
        PrivateKey secret = key.key();
        try {
            if (!belongTogether(secret, chain.get(0).getPublicKey())) {
                throw new IOException(files.key() + " is not the key of the certificate in " + files.certificate());
            }
            KeyStore store = empty();
            store.setKeyEntry("own", secret, PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use " + files.certificate() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The authorities; null if none are named.
     *
     * @throws IOException with what is wrong with the file
     */
    public @Nullable KeyStore trusted() throws IOException {
        if (ca == null) {
            return null;
        }
        List<X509Certificate> authorities = ca.certificates();
        try {
            KeyStore store = empty();
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use " + files.ca() + ": " + e.getMessage(), e);
        }
    }

    private static KeyManager[] managers(KeyStore own) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, PASSWORD.toCharArray());
        return factory.getKeyManagers();
    }

    private static TrustManager[] believers(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD.toCharArray());
        return store;
    }

    /** Files are exchanged one after the other; between the two, they are of different pairs. */
    private static boolean belongTogether(PrivateKey key, PublicKey of) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
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
        } catch (InvalidKeyException | SignatureException e) {
            return false;
        }
    }
}
