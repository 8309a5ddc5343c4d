package io.patchwar.processor.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.service.tls.TlsFiles;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Something else than an Alertmanager listens at the address: what a person is told, and that it is told in time. */
class HttpPostTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final QueuedThreadPool threads = new QueuedThreadPool();
    private final ExecutorService answering = Executors.newCachedThreadPool();

    @BeforeEach
    void start() throws Exception {
        threads.start();
    }

    @AfterEach
    void stop() throws Exception {
        threads.stop();
        answering.shutdownNow();
    }

    private PostResult post(String scheme, int port, Duration timeout) throws Exception {
        AlertmanagerSettings target = new AlertmanagerSettings(
                URI.create(scheme + "://am.test:" + port), timeout, Map.of(), null, null, TlsFiles.NONE);
        try (HttpPost post = new HttpPost(target, InetAddress.getLoopbackAddress(), threads)) {
            return post.send("[]".getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Takes one connection, says that once something was sent, and no more. What else is sent is read before it is closed: else the
     * connection would be reset, and the answer with it.
     */
    private PostResult postTo(String scheme, String answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var unused = answering.submit(() -> {
                try (Socket socket = server.accept()) {
                    socket.setSoTimeout((int) LONG.toMillis());
                    int first = socket.getInputStream().read();
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    socket.shutdownOutput();
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    return first;
                }
            });
            return post(scheme, server.getLocalPort(), LONG);
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(post("http", port, LONG).toString())
                .isEqualTo("no answer, nobody listens at am.test:" + port + "; is it up, and the port right?");
    }

    @ParameterizedTest
    @CsvSource({
        "http, '', closed the connection without an answer",
        "http, 'SSH-2.0-OpenSSH_9.6\r\n\r\n', is no HTTP",
        "http, '\u001b[2J\u001b[31mowned\r\n\r\n', is no HTTP",
        "https, 'HTTP/1.1 400 Bad Request\r\n\r\n', does not speak it; is http meant?",
    })
    void saysWhatIsWrongWithWhatListens(String scheme, String answer, String said) throws Exception {
        PostResult result = postTo(scheme, answer);

        assertThat(result.status()).isZero();
        assertThat(result.text()).contains(said).doesNotContain("org.eclipse", "Exception", "@", "\u001b");
    }

    @Test
    void saysThatSomebodyListensAndNeverAnswers() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(post("http", mute.getLocalPort(), Duration.ofMillis(200)).text())
                    .startsWith("not within 200ms; ");
        }
    }

    @Test
    void showsAnAnswerEscapedAndShort() throws Exception {
        PostResult result =
                postTo("http", "HTTP/1.1 500 Oh\r\nConnection: close\r\n\r\n\u001b[31mred" + "d".repeat(10_000));

        assertThat(result.toString()).startsWith("HTTP 500, \\u001b[31mred").hasSizeLessThan(250);
    }

    @Test
    void saysThatAFileOfTheConfigurationIsMissing() throws Exception {
        AlertmanagerSettings target = new AlertmanagerSettings(
                URI.create("http://am.test:1"), LONG, Map.of(), null, Path.of("missing"), TlsFiles.NONE);
        try (HttpPost post = new HttpPost(target, InetAddress.getLoopbackAddress(), threads)) {
            assertThat(post.send(new byte[0]).text()).isEqualTo("missing does not exist");
        }
    }
}
