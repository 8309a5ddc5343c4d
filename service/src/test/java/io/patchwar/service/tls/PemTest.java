package io.patchwar.service.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchwar.service.tls.Certificates.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
    private static final int LARGEST = 1 << 20;

    @TempDir
    private Path folder;

    private Certificates authority;

    @BeforeEach
    void authority() throws Exception {
        authority = new Certificates();
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 256", "EC, 384", "EC, 521", "Ed25519, 255"})
    void readsKeysOfEveryKindInPkcs8(String algorithm, int bits) throws Exception {
        Holder holder = authority.holder("a", algorithm, bits);
        Path file = holder.writePkcs8(folder.resolve("key"));
        assertThat(file).content().contains("BEGIN PRIVATE KEY");

        assertThat(Pem.read(file).key()).isEqualTo(holder.keys().getPrivate());
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "RSA, 4096", "EC, 256", "EC, 384", "EC, 521"})
    void readsKeysInTheirOlderForms(String algorithm, int bits) throws Exception {
        Holder holder = authority.holder("a", algorithm, bits);
        String text = Certificates.pem(holder.keys().getPrivate());
        assertThat(text).contains("BEGIN " + algorithm + " PRIVATE KEY");

        assertThat(Pem.of("key", text).key()).isEqualTo(holder.keys().getPrivate());
    }

    @Test
    void readsTheKeyBehindWhatElseIsInTheFile() throws Exception {
        Holder holder = authority.holder("a");
        String text = "a comment\n" + Certificates.pem(holder.certificate())
                + Certificates.pem(holder.keys().getPrivate());

        assertThat(Pem.of("both", text).key()).isEqualTo(holder.keys().getPrivate());
        assertThat(Pem.of("both", Certificates.pem(holder.certificate())).certificates())
                .containsExactly(holder.certificate());
    }

    @Test
    void readsAChainInItsOrder() throws Exception {
        Holder first = authority.holder("first");
        Holder second = authority.holder("second");
        String text = Certificates.pem(first.certificate()) + Certificates.pem(second.certificate());

        assertThat(Pem.of("chain", text).certificates()).containsExactly(first.certificate(), second.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cret", "-----BEGIN CERTIFICATE-----\ns3cret\n-----END CERTIFICATE-----\n"})
    void saysThatThereIsNoCertificateAndNotWhatThereIs(String text) {
        assertThatThrownBy(() -> Pem.of("ca.crt", text).certificates())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("ca.crt holds no certificate in PEM")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "'', holds no private key in PEM without a password; `openssl pkcs8 -topk8 -nocrypt`",
        "'-----BEGIN RSA PRIVATE KEY-----\nAAAA\n', holds no private key in PEM",
        "'-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----', holds no private key in PEM",
        "'-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----', holds an encrypted key",
        "'-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----', holds a key that is not in Base64",
        "'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 'holds a key that is neither RSA, EC nor EdDSA'",
        "'-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----', 'holds a key that is neither RSA, EC'",
        "'-----BEGIN EC PRIVATE KEY-----\n\n-----END EC PRIVATE KEY-----', holds an EC key that does not name its curve",
        "'-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----', does not name its curve",
        "'-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----', does not name its curve"
    })
    void saysWhyThereIsNoKeyAndWhatToDo(String text, String why) {
        assertThatThrownBy(() -> Pem.of("tls.key", text).key())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tls.key ")
                .hasMessageContaining(why);
    }

    /** An element tagged 0 whose length would reach back: no index may follow it. */
    @Test
    void followsNoLengthOutOfTheKey() {
        byte[] der = {0x30, 0x06, (byte) 0xa0, (byte) 0x82, 6, (byte) 0x80, 0, 0};
        String text = "-----BEGIN EC PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(der)
                + "\n-----END EC PRIVATE KEY-----";

        assertThatThrownBy(() -> Pem.of("tls.key", text).key())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not name its curve");
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThatThrownBy(() -> Pem.read(folder.resolve("absent")))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("absent does not exist");
    }

    @Test
    void readsNoFileOfMoreThanAMebibyte() throws Exception {
        Holder holder = authority.holder("a");
        String text = Certificates.pem(holder.certificate());
        Path largest = Files.writeString(folder.resolve("largest"), text + " ".repeat(LARGEST - text.length()));
        Path larger = Files.writeString(folder.resolve("larger"), text + " ".repeat(LARGEST + 1 - text.length()));

        assertThat(Pem.read(largest).certificates()).containsExactly(holder.certificate());
        assertThatThrownBy(() -> Pem.read(larger))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger has more than 1048576 bytes, which is no certificate or key");
    }
}
