package io.patchwar.standalone.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** One run of {@code patchwar replay}: a recording played to an ingest that runs elsewhere. One thread. */
public final class ReplayRun {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final PrintWriter err;
    private final InstantSource clock;

    public ReplayRun(PrintWriter err, InstantSource clock) {
        this.err = err;
        this.clock = clock;
    }

    /**
     * What was asked for.
     *
     * @param recording compressed audit log, one event a line
     * @param to {@code http(s)://HOST:PORT/audit/CLUSTER}
     * @param authority PEM file of who signed the ingest's certificate, null for the system's own
     * @param tokenFile that holds the token that the ingest asks for, null for none
     * @param speed against the recording's; above 0
     */
    public record Wishes(
            Path recording,
            URI to,
            @Nullable Path authority,
            @Nullable Path tokenFile,
            double speed) {}

    /**
     * Plays it from begin to end.
     *
     * @throws IOException if something cannot be read, or the ingest does not take it; the message says which
     */
    public void run(Wishes wishes) throws IOException, InterruptedException {
        Tape tape;
        try (InputStream in = Files.newInputStream(wishes.recording())) {
            tape = Tape.read(in);
        }
        Path tokenFile = wishes.tokenFile();
        String token = tokenFile == null ? "" : Files.readString(tokenFile).strip();
        Replay replay = new Replay(client(wishes.authority()), wishes.to(), token, clock);
        Duration lasts = Duration.between(tape.start(), tape.end());
        err.println(String.format(
                Locale.ROOT,
                "patchwar: playing %d events to %s; takes %.0f s",
                tape.lines().size(),
                wishes.to(),
                lasts.toMillis() / 1_000.0 / wishes.speed()));
        replay.play(tape, new Shift(tape.start(), clock.instant(), wishes.speed(), 0));
        err.println("patchwar: " + replay.sent() + " events were acknowledged");
    }

    private static HttpClient client(@Nullable Path authority) throws IOException {
        HttpClient.Builder client =
                HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1);
        if (authority != null) {
            client.sslContext(trusting(authority));
        }
        return client.build();
    }

    private static SSLContext trusting(Path authority) throws IOException {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
            believed.load(null, null);
            int n = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                believed.setCertificateEntry("ca-" + n++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(believed);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(authority + " holds no certificate that can be used: " + e.getMessage(), e);
        }
    }
}
