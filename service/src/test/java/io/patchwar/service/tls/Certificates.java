package io.patchwar.service.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority of one test, and whom it vouches for. One thread. */
public final class Certificates {
    private static final char[] NO_PASSWORD = {};

    private final KeyPair keys = keys("EC", 256);
    private final X509Certificate root;
    private int serial;

    public Certificates() throws GeneralSecurityException, IOException, OperatorCreationException {
        root = signed("CN=tests", keys, "");
    }

    /** A name with its key and certificate. */
    public record Holder(KeyPair keys, X509Certificate certificate) {
        public void writeTo(Path certificateFile, Path keyFile) throws IOException {
            writeCertificate(certificateFile);
            Files.writeString(keyFile, pem(keys.getPrivate()));
        }

        public Path writeCertificate(Path file) throws IOException {
            return Files.writeString(file, pem(certificate));
        }

        /** As {@code PRIVATE KEY}, whatever its algorithm. */
        public Path writePkcs8(Path file) throws IOException {
            return Files.writeString(file, pem(new JcaPKCS8Generator(keys.getPrivate(), null)));
        }
    }

    public Holder holder(String name) throws GeneralSecurityException, IOException, OperatorCreationException {
        return holder(name, "EC", 256);
    }

    public Holder holder(String name, String algorithm, int bits)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPair own = keys(algorithm, bits);
        return new Holder(own, signed("O=tests,CN=" + name, own, name));
    }

    public Path writeRoot(Path file) throws IOException {
        return Files.writeString(file, pem(root));
    }

    private static KeyPair keys(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private X509Certificate signed(String subject, KeyPair own, String dnsName)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=tests"),
                BigInteger.valueOf(++serial),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofHours(5))),
                new X500Name(subject),
                own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(dnsName.isEmpty()));
        if (!dnsName.isEmpty()) {
            GeneralName name = new GeneralName(GeneralName.dNSName, dnsName);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
        }
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    /** The form that openssl wrote for decades: {@code RSA PRIVATE KEY}, {@code EC PRIVATE KEY}. */
    public static String pem(Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(what);
        }
        return text.toString();
    }

    /** What either side needs that believes this authority, and shows a certificate if it has one. */
    public SSLContext context(@Nullable Holder own) throws GeneralSecurityException, IOException {
        KeyStore mine = KeyStore.getInstance("PKCS12");
        mine.load(null, NO_PASSWORD);
        if (own != null) {
            mine.setKeyEntry("own", own.keys().getPrivate(), NO_PASSWORD, new Certificate[] {own.certificate()});
        }
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(mine, NO_PASSWORD);
        KeyStore believed = KeyStore.getInstance("PKCS12");
        believed.load(null, NO_PASSWORD);
        believed.setCertificateEntry("root", root);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
