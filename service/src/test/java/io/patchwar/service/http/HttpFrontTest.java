package io.patchwar.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchwar.service.http.TextHandler.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Speaks HTTP by hand: a client library would not be as rude. */
class HttpFrontTest {
    private static final int PATIENCE_MS = 60_000;
    private static final String HOST = "127.0.0.1";

    private final HttpFront front = new HttpFront(new HttpAddress(HOST, 0), Duration.ofMillis(300));

    @BeforeEach
    void start() throws IOException {
        front.serve("/text", new TextHandler(() -> Answer.plain(200, "twelve bytes")));
        front.start();
    }

    @AfterEach
    void stop() {
        front.close();
    }

    /** All that comes back until the server closes the connection. */
    private String say(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String request(String method, String header) throws IOException {
        return say(method + " /text HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n");
    }

    @Test
    void answersGetWithTheTextAndHeadWithoutIt() throws Exception {
        assertThat(request("GET", "")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\ntwelve bytes");
        assertThat(request("HEAD", "")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    }

    @Test
    void letsNobodyGuessTheTypeKeepACopyOrLearnItsVersion() throws Exception {
        assertThat(request("GET", ""))
                .contains("Content-Type: text/plain; charset=utf-8\r\n")
                .contains("X-Content-Type-Options: nosniff\r\n")
                .contains("Cache-Control: no-store\r\n")
                .doesNotContain("Server:");
    }

    @Test
    void saysWhatItTakesToWhomWantsToWrite() throws Exception {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH"}) {
            assertThat(request(method, "Content-Length: 0\r\n"))
                    .startsWith("HTTP/1.1 405")
                    .contains("Allow: GET, HEAD\r\n");
        }
    }

    @Test
    void takesHeadersOfFifteenKibibytesAndRefusesSeventeen() throws Exception {
        assertThat(request("GET", "X: " + "x".repeat(15 << 10) + "\r\n")).startsWith("HTTP/1.1 200");
        assertThat(request("GET", "X: " + "x".repeat(17 << 10) + "\r\n")).startsWith("HTTP/1.1 431");
    }

    @Test
    void closesAConnectionOnWhichNothingComes() throws Exception {
        assertThat(say("")).isEmpty();
    }

    @Test
    void closesAConnectionOnWhichHalfARequestComes() throws Exception {
        assertThat(say("GET /text HTTP/1.1\r\nHost: x\r\nX: y")).doesNotContain("twelve bytes");
    }

    @Test
    void survivesWhatIsNoHttp() throws Exception {
        assertThat(say("\u0016\u0003\u0001 not http\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(request("GET", "")).startsWith("HTTP/1.1 200");
    }

    @Test
    void saysWhereItCannotListen() {
        try (HttpFront second = new HttpFront(front.address())) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + front.port());
        }
    }
}
