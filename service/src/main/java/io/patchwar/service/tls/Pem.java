package io.patchwar.service.tls;

import io.patchwar.service.SmallFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PEM file as it was when it was read, with certificates or a key in the forms that openssl, cert-manager and kubeadm write.
 * Problems name the file and what to do, and never what is in it. Immutable.
 */
public final class Pem {
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final String CONVERT = "; `openssl pkcs8 -topk8 -nocrypt` makes one of it";
    private static final int LARGEST = 1 << 20;

    private final String name;
    private final byte[] content;

    private Pem(String name, byte[] content) {
        this.name = name;
        this.content = content;
    }

    /**
     * Reads a file, of 1 MiB at most, as it is now.
     *
     * @throws IOException if it cannot be read
     */
    public static Pem read(Path file) throws IOException {
        return new Pem(file.toString(), SmallFile.read(file, LARGEST, "certificate or key"));
    }

    /** What is not in a file. */
    public static Pem of(String name, String text) {
        return new Pem(name, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * All of its certificates, as they stand.
     *
     * @throws IOException if there is none, or one that cannot be read
     */
    public List<X509Certificate> certificates() throws IOException {
        try {
            List<X509Certificate> all =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(content))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!all.isEmpty()) {
                return all;
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(name + " holds no certificate in PEM that can be read", e);
        }
        throw new IOException(name + " holds no certificate in PEM");
    }

    /**
     * Its first private key: RSA, EC or EdDSA.
     *
     * @throws IOException if there is none, or one that needs a password
     */
    public PrivateKey key() throws IOException {
        Matcher m = KEY.matcher(new String(content, StandardCharsets.ISO_8859_1));
        if (!m.find()) {
            throw new IOException(name + " holds no private key in PEM without a password" + CONVERT);
        }
        String form = m.group(1);
        if (form.startsWith("ENCRYPTED")) {
            throw new IOException(name + " holds an encrypted key, which nobody could open here" + CONVERT
                    + " that is not; let this user alone read it");
        }
        byte[] pkcs8 = pkcs8(form, m.group(2));
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            PrivateKey key = parse(algorithm, pkcs8);
            if (key != null) {
                return key;
            }
        }
        throw new IOException(name + " holds a key that is neither RSA, EC nor EdDSA");
    }

    private byte[] pkcs8(String form, String base64) throws IOException {
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException(name + " holds a key that is not in Base64", e);
        }
        byte[] whole = OlderKey.pkcs8(form, der);
        if (whole == null) {
            throw new IOException(name + " holds an EC key that does not name its curve" + CONVERT + " that does");
        }
        return whole;
    }

    /** Null if it is a key of another kind. */
    private static @Nullable PrivateKey parse(String algorithm, byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /** Adds what it holds, as it stands. */
    void digestInto(MessageDigest digest) {
        digest.update(content);
    }
}
