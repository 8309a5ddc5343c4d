package io.patchwar.standalone.setup;

import io.patchwar.service.tls.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of one's own, for a first try: P-256 keys, certificates that hold for as long as asked for. Where a
 * company has an authority, its certificates belong here instead.
 */
final class CertificateAuthority {
    /** Clocks differ: a certificate holds from a little before it was made. */
    private static final Duration EARLIER = Duration.ofMinutes(5);

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private static final String ALGORITHM = "EC";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final PrivateKey key;

    private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** A new one. */
    static CertificateAuthority create(String name, Instant now, Duration valid) {
        try {
            KeyPair keys = newKeys();
            X500Principal subject = new X500Principal("CN=" + name);
            JcaX509v3CertificateBuilder builder = builder(subject, subject, keys.getPublic(), now, valid);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new CertificateAuthority(sign(builder, keys.getPrivate()), keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make a certificate authority", e);
        }
    }

    /**
     * One that was made before, certificate and key as PEM.
     *
     * @throws IllegalArgumentException if that is no certificate of an authority with its key
     */
    static CertificateAuthority read(String certificate, String key) {
        X509Certificate read;
        PrivateKey privateKey;
        try {
            read = Pem.of("ca.crt", certificate).certificates().get(0);
            privateKey = Pem.of("ca.key", key).key();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (read.getBasicConstraints() < 0) {
            throw new IllegalArgumentException("the certificate is none of an authority");
        }
        if (!privateKey.getAlgorithm().equals(ALGORITHM)) {
            throw new IllegalArgumentException("ca.key holds no EC key, which is what this signs with");
        }
        return new CertificateAuthority(read, privateKey);
    }

    String certificate() {
        return PemText.of(certificate);
    }

    String key() {
        return PemText.of(key);
    }

    /** Until when it holds; nothing that it signs holds longer. */
    Instant end() {
        return certificate.getNotAfter().toInstant();
    }

    /**
     * A certificate for a server.
     *
     * @param names host names and addresses; at least one
     */
    Issued.Pair server(String commonName, List<String> names, Instant now, Duration valid) {
        return issue("CN=" + commonName, KeyPurposeId.id_kp_serverAuth, names, now, valid);
    }

    /** A certificate for a client of that name. */
    Issued.Pair client(String commonName, Instant now, Duration valid) {
        return issue("CN=" + commonName + ",O=patchwar", KeyPurposeId.id_kp_clientAuth, List.of(), now, valid);
    }

    private Issued.Pair issue(String subject, KeyPurposeId purpose, List<String> names, Instant now, Duration valid) {
        try {
            KeyPair keys = newKeys();
            Instant wanted = now.plus(valid);
            Duration held = wanted.isAfter(end()) ? Duration.between(now, end()) : valid;
            JcaX509v3CertificateBuilder builder = builder(
                    certificate.getSubjectX500Principal(), new X500Principal(subject), keys.getPublic(), now, held);
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(certificate));
            if (!names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            }
            return new Issued.Pair(PemText.of(sign(builder, key)), PemText.of(keys.getPrivate()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make a certificate for " + subject, e);
        }
    }

    private static GeneralNames alternatives(List<String> names) {
        Set<GeneralName> alternatives = new LinkedHashSet<>();
        for (String name : names) {
            boolean address = ADDRESS.matcher(name).matches();
            alternatives.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        return new GeneralNames(alternatives.toArray(GeneralName[]::new));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, PublicKey key, Instant now, Duration valid) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).setBit(126),
                Date.from(now.minus(EARLIER)),
                Date.from(now.plus(valid)),
                subject,
                key);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }
}
