package io.patchwar.processor.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchwar.service.tls.Certificates;
import io.patchwar.service.tls.TlsFiles;
import io.patchwar.settings.YamlProblems;
import io.patchwar.settings.YamlSection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertSettingsTest {
    @TempDir
    private Path files;

    private static AlertSettings read(String yaml) throws IOException, YamlProblems {
        YamlSection file = YamlSection.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        AlertSettings settings = AlertSettings.read(file);
        file.finish();
        return settings;
    }

    private static String problems(String yaml) {
        return String.join(
                "\n", catchThrowableOfType(YamlProblems.class, () -> read(yaml)).problems());
    }

    @Test
    void nothingConfiguredIsNoAlertingWithTheDocumentedDefaults() throws Exception {
        AlertSettings settings = read("{}");
        assertThat(settings).isEqualTo(AlertSettings.to());
        assertThat(settings.timing().resend()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.timing().resolvedFor()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.timing().staleAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.conflictsAbove()).isEqualTo(5);
        assertThat(settings.mostAlerts()).isEqualTo(200);
        assertThat(settings.queueCapacity()).isEqualTo(10_000);
    }

    @Test
    void everythingCanBeSet() throws Exception {
        Certificates authority = new Certificates();
        Certificates.Holder own = authority.holder("patchwar");
        Path ca = authority.writeRoot(files.resolve("ca.pem"));
        Path cert = own.writeCertificate(files.resolve("cert.pem"));
        Path key = own.writePkcs8(files.resolve("key.pem"));
        Path secret = Files.writeString(files.resolve("secret"), "s3cret");
        AlertSettings settings = read("""
                alerting:
                  alertmanagers:
                    - url: https://am.example:9093/alertmanager
                      timeout: 5s
                      headers: {X-Scope-OrgID: tenant-7}
                      basicAuth: {user: patchwar, passwordFile: %s}
                      tls: {caFile: %s, certFile: %s, keyFile: %s}
                    - {url: "http://other:9093", bearerTokenFile: %s}
                  labels: {team: platform}
                  externalUrl: https://patchwar.example
                  runbooks: https://docs.example/runbooks
                  resend: 30s
                  resolvedFor: 20m
                  staleAfter: 2h
                  refresh: 10s
                  conflictsAbove: 9
                  mostAlerts: 50
                  queue: 500
                """.formatted(secret, ca, cert, key, secret));
        assertThat(settings)
                .isEqualTo(new AlertSettings(
                        java.util.List.of(
                                new AlertmanagerSettings(
                                        URI.create("https://am.example:9093/alertmanager"),
                                        Duration.ofSeconds(5),
                                        Map.of("X-Scope-OrgID", "tenant-7"),
                                        new AlertmanagerSettings.Basic("patchwar", secret),
                                        null,
                                        new TlsFiles(ca, cert, key)),
                                new AlertmanagerSettings(
                                        URI.create("http://other:9093"),
                                        AlertmanagerSettings.TIMEOUT,
                                        Map.of(),
                                        null,
                                        secret,
                                        TlsFiles.NONE)),
                        Map.of("team", "platform"),
                        URI.create("https://patchwar.example"),
                        URI.create("https://docs.example/runbooks"),
                        new AlertTiming(
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(4),
                                Duration.ofMinutes(20),
                                Duration.ofHours(2),
                                Duration.ofSeconds(10)),
                        9,
                        50,
                        500));
        Map<String, String> table = new LinkedHashMap<>();
        settings.show(table);
        assertThat(table.toString())
                .contains("https://am.example:9093/alertmanager", "patchwar, password in " + secret)
                .doesNotContain("s3cret", "tenant-7");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        String problems = problems("""
                alerting:
                  alertmanagers:
                    - {url: "am:9093", timeout: 1h}
                    - {url: "http://user:pw@am:9093"}
                    - {url: "http://am:9093", headers: {Authorization: x}, tls: {certFile: /nowhere/c}}
                    - {url: "http://am:9093", bearerTokenFile: /nowhere/token}
                    - {basicAuth: {user: "a:b"}}
                  labels: {war_id: x, 9a: y, ok: ""}
                  externalUrl: nowhere
                  resend: 14s
                  mostAlert: 3
                """);
        assertThat(problems)
                .contains(
                        "alerting.alertmanagers[0].url: must be a URL",
                        "alerting.alertmanagers[0].timeout",
                        "alerting.alertmanagers[1].url: must have no user",
                        "alerting.alertmanagers[2].headers.Authorization",
                        "alerting.alertmanagers[2].tls: says nothing",
                        "certFile: and keyFile belong together",
                        "alerting.alertmanagers[3].url: stands there twice",
                        "/nowhere/token does not exist",
                        "alerting.alertmanagers[4].url: is missing",
                        "basicAuth.user: must be a name",
                        "basicAuth.passwordFile: is missing",
                        "alerting.labels.war_id: is one of the labels",
                        "alerting.labels.9a",
                        "alerting.labels.ok: must not be empty",
                        "alerting.externalUrl",
                        "alerting.resend",
                        "alerting.mostAlert: unknown key")
                .doesNotContain("pw@");
    }

    @Test
    void resendHasItsBounds() throws Exception {
        assertThat(read("alerting: {resend: 15s}").timing().resend()).isEqualTo(Duration.ofSeconds(15));
        assertThat(read("alerting: {resend: 3m}").timing().resend()).isEqualTo(Duration.ofMinutes(3));
        assertThat(problems("alerting: {resend: 3m1s}")).contains("resend");
    }

    @Test
    void aCertificateThatIsNoneIsToldWithoutWhatIsInIt() throws Exception {
        Path file = Files.writeString(files.resolve("ca.pem"), "s3cret");
        assertThat(problems("alerting: {alertmanagers: [{url: 'https://am', tls: {caFile: " + file + "}}]}"))
                .contains("holds no certificate")
                .doesNotContain("s3cret");
    }

    @Test
    void aKeyThatCannotBeReadIsToldHowToMakeOne() throws Exception {
        Certificates authority = new Certificates();
        Path cert = authority.holder("a").writeCertificate(files.resolve("cert.pem"));
        Path key = Files.writeString(files.resolve("key.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n");
        assertThat(problems("alerting: {alertmanagers: [{url: 'https://am', tls: {certFile: " + cert + ", keyFile: "
                        + key + "}}]}"))
                .contains("openssl pkcs8 -topk8");
    }
}
