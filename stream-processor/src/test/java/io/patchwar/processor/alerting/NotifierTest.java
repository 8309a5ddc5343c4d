package io.patchwar.processor.alerting;

import static io.patchwar.processor.WarBuilder.START;
import static io.patchwar.processor.WarBuilder.board;
import static io.patchwar.processor.WarBuilder.war;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchwar.processor.MovingClock;
import io.patchwar.processor.WarBuilder;
import io.patchwar.processor.board.BoardView;
import io.patchwar.service.tls.Certificates;
import io.patchwar.service.tls.TlsFiles;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from a board to servers that really listen; time passes when the test says so. */
class NotifierTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MovingClock clock = new MovingClock(START.plusSeconds(120));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final FakeResolver names = new FakeResolver();
    private volatile BoardView view = board(war("a"));

    @TempDir
    private Path files;

    /** Names that a test knows; addresses stand for themselves. */
    private static final class FakeResolver implements Resolver {
        private volatile Map<String, List<String>> known = Map.of();

        @Override
        public List<InetAddress> resolve(String host) throws UnknownHostException {
            List<InetAddress> found = new ArrayList<>();
            for (String address : known.getOrDefault(host, host.startsWith("127.") ? List.of(host) : List.of())) {
                found.add(InetAddress.getByName(address));
            }
            return found;
        }
    }

    @BeforeEach
    void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(PATIENCE);
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private Notifier notifier(AlertmanagerSettings... targets) {
        Notifier notifier = opened(new Notifier(AlertSettings.to(targets), () -> view, registry, clock, names));
        notifier.begin();
        notifier.refreshAll();
        return notifier;
    }

    private static AlertmanagerSettings at(FakeAlertmanager fake) {
        return AlertmanagerSettings.at(fake.url());
    }

    private FakeAlertmanager fake() throws Exception {
        return opened(FakeAlertmanager.start());
    }

    private static void awaitWars(FakeAlertmanager fake, String... ids) {
        await().untilAsserted(() -> assertThat(fake.came("war_id")).containsExactlyInAnyOrder(ids));
    }

    private static WarBuilder[] wars(int count) {
        return IntStream.range(0, count).mapToObj(i -> war("w" + i).in("c" + i)).toArray(WarBuilder[]::new);
    }

    @Test
    void tellsEveryAlertmanager() throws Exception {
        FakeAlertmanager one = fake();
        FakeAlertmanager two = fake();
        notifier(at(one), at(two)).tick();
        awaitWars(one, "a");
        awaitWars(two, "a");
        assertThat(one.requests().get(0).path()).isEqualTo("/api/v2/alerts");
        assertThat(one.requests().get(0).headers()).containsEntry("Content-Type", "application/json");
    }

    @Test
    void saysNothingBeforeTheBoardHasCaughtUp() throws Exception {
        FakeAlertmanager one = fake();
        view = null;
        Notifier notifier = notifier(at(one));
        notifier.tick();
        view = board(war("a"));
        notifier.tick();
        awaitWars(one, "a");
    }

    @Test
    void repeatsWhatHoldsAndResolvesWhatIsOver() throws Exception {
        FakeAlertmanager one = fake();
        Notifier notifier = notifier(at(one));
        notifier.tick();
        awaitWars(one, "a");
        clock.passes(Duration.ofSeconds(60));
        notifier.tick();
        awaitWars(one, "a", "a");
        view = board(war("a").ended());
        clock.passes(Duration.ofSeconds(1));
        notifier.tick();
        awaitWars(one, "a", "a", "a");
        assertThat(one.requests().get(2).body().get(0).path("endsAt").asText())
                .isEqualTo(clock.instant().toString());
    }

    @Test
    void aRestartResolvesNothingAndTellsTheSame() throws Exception {
        FakeAlertmanager one = fake();
        Notifier first = notifier(at(one));
        first.tick();
        awaitWars(one, "a");
        first.close();
        clock.passes(Duration.ofSeconds(30));
        Notifier second = notifier(at(one));
        second.tick();
        awaitWars(one, "a", "a");
        var requests = one.requests();
        assertThat(requests.get(1).labels()).isEqualTo(requests.get(0).labels());
        assertThat(requests.get(1).body().get(0).path("startsAt"))
                .isEqualTo(requests.get(0).body().get(0).path("startsAt"));
        assertThat(requests.get(1).body().get(0).path("endsAt").asText())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(4)).toString());
    }

    @Test
    void sendsNoMoreThanSixtyFourAtOnce() throws Exception {
        FakeAlertmanager one = fake();
        view = board(wars(150));
        notifier(at(one)).tick();
        await().untilAsserted(() -> assertThat(one.came("war_id")).hasSize(150));
        assertThat(one.requests()).allMatch(r -> r.labels().size() <= 64).hasSize(3);
    }

    @Test
    void oneThatIsDownOrHangsCostsTheOthersNothing() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        FakeAlertmanager slow = fake().answering(request -> waits(hang));
        FakeAlertmanager gone = FakeAlertmanager.start();
        gone.close();
        FakeAlertmanager fine = fake();
        Notifier notifier = notifier(at(slow), at(gone), at(fine));
        view = board(wars(100));
        notifier.tick();
        await().untilAsserted(() -> assertThat(fine.came("war_id")).hasSize(100));
        assertThat(slow.came("war_id")).isEmpty();
        hang.countDown();
        await().untilAsserted(() -> assertThat(slow.came("war_id")).hasSize(100));
        await().untilAsserted(() ->
                assertThat(notifier.check().detail()).contains(gone.url().toString()));
    }

    private static int waits(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS) ? 200 : 500;
        } catch (InterruptedException e) {
            return 500;
        }
    }

    @Test
    void givesUpOnOneThatDoesNotAnswerInTime() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        FakeAlertmanager slow = fake().answering(request -> waits(hang));
        AlertmanagerSettings impatient =
                new AlertmanagerSettings(slow.url(), Duration.ofMillis(200), Map.of(), null, null, TlsFiles.NONE);
        notifier(impatient).tick();
        await().untilAsserted(() -> assertThat(registry.get("patchwar.notifications.dropped")
                        .tag("reason", "failed")
                        .counter()
                        .count())
                .isEqualTo(1));
        assertThat(registry.get("patchwar.notifications.errors").counter().count())
                .isEqualTo(2);
        hang.countDown();
    }

    @Test
    void oneThatWasDownIsToldWhenItIsRepeated() throws Exception {
        FakeAlertmanager one = fake().answering(request -> 503);
        Notifier notifier = notifier(at(one));
        notifier.tick();
        await().untilAsserted(() -> assertThat(one.requests()).hasSize(2));
        await().untilAsserted(() -> assertThat(notifier.check().detail()).contains("HTTP 503"));
        one.forget();
        one.answering(request -> 200);
        clock.passes(Duration.ofSeconds(60));
        notifier.tick();
        awaitWars(one, "a");
        await().untilAsserted(() -> assertThat(notifier.check().detail()).isEqualTo("1 alerts"));
    }

    @Test
    void everyAddressOfANameIsAnInstance() throws Exception {
        FakeAlertmanager one = fake();
        FakeAlertmanager two = opened(FakeAlertmanager.on("127.0.0.2", one.port()));
        names.known = Map.of("am.test", List.of("127.0.0.1", "127.0.0.2", "::1"));
        notifier(AlertmanagerSettings.at(URI.create("http://am.test:" + one.port())))
                .tick();
        awaitWars(one, "a");
        awaitWars(two, "a");
        assertThat(two.requests().get(0).headers()).containsEntry("Host", "am.test:" + one.port());
        assertThat(registry.get("patchwar.notification.instances").gauge().value())
                .isEqualTo(2);
    }

    @Test
    void anInstanceThatComesLaterIsToldEverythingAndOneThatGoesNothing() throws Exception {
        FakeAlertmanager one = fake();
        FakeAlertmanager two = opened(FakeAlertmanager.on("127.0.0.2", one.port()));
        names.known = Map.of("am.test", List.of("127.0.0.1"));
        Notifier notifier = notifier(AlertmanagerSettings.at(URI.create("http://am.test:" + one.port())));
        notifier.tick();
        awaitWars(one, "a");
        names.known = Map.of("am.test", List.of("127.0.0.2"));
        clock.passes(Duration.ofSeconds(1));
        notifier.refreshAll();
        notifier.tick();
        awaitWars(two, "a");
        assertThat(one.came("war_id")).containsExactly("a");
    }

    @Test
    void aNameThatIsNotAnsweredForKeepsItsInstances() throws Exception {
        FakeAlertmanager one = fake();
        names.known = Map.of("am.test", List.of("127.0.0.1"));
        Notifier notifier = notifier(AlertmanagerSettings.at(URI.create("http://am.test:" + one.port())));
        names.known = Map.of();
        notifier.refreshAll();
        notifier.tick();
        awaitWars(one, "a");
    }

    @Test
    void aNameThatNobodyKnowsIsToldOfInTheCheck() {
        Notifier notifier = notifier(AlertmanagerSettings.at(URI.create("http://am.test:9093")));
        notifier.tick();
        assertThat(notifier.check().detail()).contains("am.test", "spelled");
    }

    @Test
    void goesByPathPrefixAndHeaders() throws Exception {
        FakeAlertmanager one = fake();
        notifier(new AlertmanagerSettings(
                        URI.create(one.url() + "/alertmanager/"),
                        PATIENCE,
                        Map.of("X-Scope-OrgID", "tenant-7"),
                        null,
                        null,
                        TlsFiles.NONE))
                .tick();
        awaitWars(one, "a");
        assertThat(one.requests().get(0).path()).isEqualTo("/alertmanager/api/v2/alerts");
        assertThat(one.requests().get(0).headers()).containsEntry("X-Scope-OrgID", "tenant-7");
    }

    @Test
    void showsUserAndPasswordFromAFileThatMayChange() throws Exception {
        FakeAlertmanager one = fake();
        Path password = Files.writeString(files.resolve("password"), "first\n");
        Notifier notifier = notifier(new AlertmanagerSettings(
                one.url(),
                PATIENCE,
                Map.of(),
                new AlertmanagerSettings.Basic("patchwar", password),
                null,
                TlsFiles.NONE));
        notifier.tick();
        awaitWars(one, "a");
        Files.writeString(password, "second");
        clock.passes(Duration.ofSeconds(60));
        notifier.tick();
        awaitWars(one, "a", "a");
        assertThat(one.requests())
                .extracting(r -> r.headers().get("Authorization"))
                .containsExactly(basic("patchwar:first"), basic("patchwar:second"));
    }

    private static String basic(String both) {
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void showsABearerTokenFromAFile() throws Exception {
        FakeAlertmanager one = fake();
        Path token = Files.writeString(files.resolve("token"), "t0k3n\n");
        notifier(new AlertmanagerSettings(one.url(), PATIENCE, Map.of(), null, token, TlsFiles.NONE))
                .tick();
        awaitWars(one, "a");
        assertThat(one.requests().get(0).headers()).containsEntry("Authorization", "Bearer t0k3n");
    }

    @Test
    void withoutItsSecretNothingIsSent() throws Exception {
        FakeAlertmanager one = fake();
        Path token = files.resolve("missing");
        Notifier notifier =
                notifier(new AlertmanagerSettings(one.url(), PATIENCE, Map.of(), null, token, TlsFiles.NONE));
        notifier.tick();
        await().untilAsserted(() -> assertThat(notifier.check().detail()).contains("missing", "does not exist"));
        assertThat(one.requests()).isEmpty();
    }

    @Test
    void followsNoRedirectWithItsCredentials() throws Exception {
        FakeAlertmanager one = fake().answering(request -> 302);
        Path token = Files.writeString(files.resolve("token"), "t0k3n\n");
        Notifier notifier =
                notifier(new AlertmanagerSettings(one.url(), PATIENCE, Map.of(), null, token, TlsFiles.NONE));
        notifier.tick();
        await().untilAsserted(() -> assertThat(notifier.check().detail()).contains("HTTP 302", "/login"));
        assertThat(one.requests()).hasSize(1);
    }

    @Test
    void showsItsCertificateAndChecksTheServersName() throws Exception {
        Certificates authority = new Certificates();
        FakeAlertmanager one = opened(FakeAlertmanager.secure(authority.context(authority.holder("am.test")), true));
        Certificates.Holder own = authority.holder("patchwar");
        TlsFiles tls = new TlsFiles(
                authority.writeRoot(files.resolve("ca.pem")),
                own.writeCertificate(files.resolve("cert.pem")),
                own.writePkcs8(files.resolve("key.pem")));
        names.known = Map.of("am.test", List.of("127.0.0.1"), "other.test", List.of("127.0.0.1"));
        Notifier right = notifier(secure("am.test", one, tls));
        Notifier wrong = notifier(secure("other.test", one, tls));
        right.tick();
        wrong.tick();
        awaitWars(one, "a");
        await().untilAsserted(() -> assertThat(wrong.check().detail())
                .contains("TLS", "other.test", "is its certificate made for other.test"));
    }

    @Test
    void readsItsCertificateAgainWhenItIsRenewed() throws Exception {
        Certificates authority = new Certificates();
        FakeAlertmanager one = opened(FakeAlertmanager.secure(authority.context(authority.holder("am.test")), true));
        names.known = Map.of("am.test", List.of("127.0.0.1"));
        Certificates.Holder stranger = new Certificates().holder("patchwar");
        Path certificate = stranger.writeCertificate(files.resolve("cert.pem"));
        Path key = stranger.writePkcs8(files.resolve("key.pem"));
        Path ca = authority.writeRoot(files.resolve("ca.pem"));
        Notifier notifier = notifier(secure("am.test", one, new TlsFiles(ca, certificate, key)));
        notifier.tick();
        await().untilAsserted(() -> assertThat(notifier.check().detail()).contains("no answer"));
        Certificates.Holder own = authority.holder("patchwar");
        own.writeCertificate(certificate);
        own.writePkcs8(key);
        clock.passes(Duration.ofSeconds(60));
        notifier.tick();
        awaitWars(one, "a");
    }

    @Test
    void anAuthorityThatNobodyKnowsIsNotTrusted() throws Exception {
        Certificates authority = new Certificates();
        FakeAlertmanager one = opened(FakeAlertmanager.secure(authority.context(authority.holder("am.test")), false));
        names.known = Map.of("am.test", List.of("127.0.0.1"));
        Notifier notifier = notifier(secure("am.test", one, TlsFiles.NONE));
        notifier.tick();
        await().untilAsserted(() -> assertThat(notifier.check().detail())
                .contains("TLS: the certificate of am.test:" + one.port()
                        + " is signed by no authority that is trusted"));
        assertThat(one.requests()).isEmpty();
    }

    private static AlertmanagerSettings secure(String name, FakeAlertmanager fake, TlsFiles tls) {
        return new AlertmanagerSettings(
                URI.create("https://" + name + ":" + fake.port()), PATIENCE, Map.of(), null, null, tls);
    }

    @Test
    void measuresHowLongItTookFromTheWriteToTheAlert() throws Exception {
        FakeAlertmanager one = fake();
        view = board(war("before"));
        Notifier notifier = notifier(at(one));
        notifier.tick();
        awaitWars(one, "before");
        clock.passes(Duration.ofSeconds(5));
        view = board(war("before"), war("a").in("other").lastAt(clock.instant().minusSeconds(3)));
        notifier.tick();
        awaitWars(one, "before", "a");
        await().untilAsserted(() -> assertThat(
                        registry.get("patchwar.alert.latency").timer().count())
                .isEqualTo(1));
        assertThat(registry.get("patchwar.alert.latency").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    @Test
    void withoutAnAlertmanagerItIsOff() {
        Notifier notifier = opened(new Notifier(AlertSettings.to(), () -> view, registry, clock, names));
        notifier.start();
        assertThat(notifier.check().ok()).isTrue();
        assertThat(notifier.check().detail()).startsWith("off");
    }

    @Test
    void startedItGoesByItself() throws Exception {
        FakeAlertmanager one = fake();
        Notifier notifier = opened(new Notifier(AlertSettings.to(at(one)), () -> view, registry, clock, names));
        notifier.start();
        awaitWars(one, "a");
    }
}
