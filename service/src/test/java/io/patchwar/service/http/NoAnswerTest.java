package io.patchwar.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class NoAnswerTest {
    private static final URI SERVER = URI.create("https://am.test/prefix");

    private static String words(Throwable cause) {
        return NoAnswer.words(new ExecutionException(new IOException(cause)), SERVER);
    }

    @Test
    void saysWhatToLookAt() {
        assertThat(words(new UnknownHostException("am.test")))
                .isEqualTo(words(new UnresolvedAddressException()))
                .isEqualTo("the name am.test cannot be looked up; is it spelled right, and does DNS answer here?");
        assertThat(words(new NoRouteToHostException("No route to host"))).startsWith("am.test:443 cannot be reached");
        assertThat(words(new HttpConnectTimeoutException("HTTP connect timed out")))
                .startsWith("no connection to am.test:443 in time; ");
    }

    @Test
    void showsWhatItDoesNotKnowEscapedAndShort() {
        assertThat(words(new IOException("\u001b[31mred" + "d".repeat(1_000))))
                .startsWith("the request to am.test:443 failed: \\u001b[31mred")
                .hasSizeLessThan(250);
    }

    @Test
    void goesNotInCircles() {
        IOException one = new IOException("one");
        one.initCause(new IOException("two", one));
        assertThat(NoAnswer.words(one, SERVER)).startsWith("the request to am.test:443 failed: ");
    }
}
