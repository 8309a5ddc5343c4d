package io.patchwar.service.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchwar.service.tls.Certificates.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsMaterialTest {
    @TempDir
    private Path folder;

    private Certificates authority;
    private Holder holder;
    private Path ca;
    private Path certificate;
    private Path key;

    @BeforeEach
    void files() throws Exception {
        authority = new Certificates();
        holder = authority.holder("localhost");
        ca = authority.writeRoot(folder.resolve("ca.crt"));
        certificate = holder.writeCertificate(folder.resolve("tls.crt"));
        key = holder.writePkcs8(folder.resolve("tls.key"));
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 256", "Ed25519, 255"})
    void holdsTheCertificateWithItsKey(String algorithm, int bits) throws Exception {
        Holder own = authority.holder("localhost", algorithm, bits);
        own.writeCertificate(certificate);
        own.writePkcs8(key);

        var store = TlsMaterial.read(new TlsFiles(null, certificate, key)).own();

        assertThat(store.size()).isEqualTo(1);
        assertThat(store.getCertificate("own")).isEqualTo(own.certificate());
        assertThat(store.getKey("own", TlsMaterial.PASSWORD.toCharArray()))
                .isEqualTo(own.keys().getPrivate());
    }

    @Test
    void trustsEveryAuthorityOfTheFile() throws Exception {
        String more = Files.readString(new Certificates().writeRoot(folder.resolve("more.crt")));
        Files.writeString(ca, Files.readString(ca) + more);

        assertThat(TlsMaterial.read(new TlsFiles(ca, null, null)).trusted().size())
                .isEqualTo(2);
    }

    @Test
    void holdsNothingWhereNoFileIsNamed() throws Exception {
        TlsMaterial material = TlsMaterial.read(TlsFiles.NONE);

        assertThat(material.own()).isNull();
        assertThat(material.trusted()).isNull();
        assertThat(material.context()).isNotNull();
        assertThat(TlsFiles.NONE.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"EC, 256", "RSA, 2048", "Ed25519, 255"})
    void refusesAKeyOfAnotherCertificate(String algorithm, int bits) throws Exception {
        authority.holder("localhost", algorithm, bits).writePkcs8(key);
        TlsMaterial material = TlsMaterial.read(new TlsFiles(ca, certificate, key));

        assertThatThrownBy(material::own)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tls.key is not the key of the certificate in ")
                .hasMessageEndingWith("tls.crt");
        assertThatThrownBy(material::context).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({"tls.key, holds no certificate", "empty, holds no certificate", "absent, does not exist"})
    void saysWhichFileIsWrong(String name, String why) throws IOException {
        Files.writeString(folder.resolve("empty"), "");
        Path wrong = folder.resolve(name);

        assertThatThrownBy(
                        () -> TlsMaterial.read(new TlsFiles(null, wrong, key)).own())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(name + " " + why);
        assertThatThrownBy(
                        () -> TlsMaterial.read(new TlsFiles(wrong, null, null)).trusted())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(name + " " + why);
    }

    @Test
    void isAnotherWhenAFileIsAndTheSameWhenItWasWrittenAgain() throws Exception {
        TlsFiles files = new TlsFiles(ca, certificate, key);
        String before = TlsMaterial.read(files).fingerprint();
        holder.writeCertificate(certificate);
        assertThat(TlsMaterial.read(files).fingerprint()).isEqualTo(before);

        for (Path file : files.all()) {
            String old = Files.readString(file);
            Files.writeString(file, old + "\n");
            assertThat(TlsMaterial.read(files).fingerprint())
                    .as(file.toString())
                    .isNotEqualTo(before);
            Files.writeString(file, old);
        }
        assertThat(TlsMaterial.read(new TlsFiles(certificate, null, null)).fingerprint())
                .isNotEqualTo(
                        TlsMaterial.read(new TlsFiles(null, certificate, null)).fingerprint());
    }

    /** It is what was read, whatever becomes of the files. */
    @Test
    void staysWhatItWas() throws Exception {
        TlsMaterial material = TlsMaterial.read(new TlsFiles(ca, certificate, key));
        Files.delete(key);
        Files.writeString(certificate, "");

        assertThat(material.own().getCertificate("own")).isEqualTo(holder.certificate());
    }
}
