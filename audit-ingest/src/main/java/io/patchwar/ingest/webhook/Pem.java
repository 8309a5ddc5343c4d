package io.patchwar.ingest.webhook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Certificates and keys out of PEM files, in the forms that openssl, cert-manager and kubeadm write. Stateless. */
final class Pem {
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");

    /** The curves of NIST, by the bytes of a key's number. */
    private static final Map<Integer, byte[]> CURVES = Map.of(
            32, HexFormat.of().parseHex("06082a8648ce3d030107"),
            48, HexFormat.of().parseHex("06052b81040022"),
            66, HexFormat.of().parseHex("06052b81040023"));

    private Pem() {}

    static List<Certificate> certificates(Path file) throws IOException {
        try {
            List<Certificate> all = List.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
            if (all.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return all;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificate that can be read: " + e.getMessage(), e);
        }
    }

    static PrivateKey key(Path file) throws IOException {
        Matcher m = KEY.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        if (!m.find()) {
            throw new IOException(file + " holds no private key in PEM");
        }
        if (m.group(1).startsWith("ENCRYPTED")) {
            throw new IOException(file + " holds an encrypted key; give one that is not, readable by this user alone");
        }
        byte[] der = Base64.getMimeDecoder().decode(m.group(2));
        byte[] pkcs8 = switch (m.group(1)) {
            case "RSA PRIVATE KEY" -> pkcs8(RSA_ALGORITHM, der);
            case "EC PRIVATE KEY" -> pkcs8(sequence(EC_OID, curve(file, der)), der);
            default -> der;
        };
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            PrivateKey key = parse(algorithm, pkcs8);
            if (key != null) {
                return key;
            }
        }
        throw new IOException(file + " holds a key that is neither RSA, EC nor Ed25519");
    }

    private static @Nullable PrivateKey parse(String algorithm, byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /** The older forms hold the key alone; around it goes what kind of key it is (RFC 5208). */
    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return sequence(new byte[] {2, 1, 0}, algorithm, element((byte) 4, key));
    }

    /** The curve's identifier, which RFC 5915 puts in an element tagged 0. */
    private static byte[] curve(Path file, byte[] der) throws IOException {
        for (int i = 0; i + 3 < der.length; i++) {
            if (der[i] == (byte) 0xa0
                    && der[i + 2] == 6
                    && der[i + 1] == der[i + 3] + 2
                    && i + 2 + der[i + 1] <= der.length) {
                return Arrays.copyOfRange(der, i + 2, i + 2 + der[i + 1]);
            }
        }
        // Some leave the name out, and the length of the number tells.
        int number = 2 + (der[1] < 0 ? der[1] & 0x7f : 0) + 3;
        byte[] curve = number + 1 < der.length && der[number] == 4 ? CURVES.get((int) der[number + 1]) : null;
        if (curve != null) {
            return curve;
        }
        throw new IOException(file
                + " holds an EC key that does not name its curve; convert it with `openssl pkcs8 -topk8 -nocrypt`");
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return element((byte) 0x30, all.toByteArray());
    }

    private static byte[] element(byte tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
