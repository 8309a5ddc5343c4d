package io.patchwar.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost:0", "[::1]:65535", "0.0.0.0:1"})
    void readsWhatItWrites(String text) {
        assertThat(HttpAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8080", ":8080", "::1:8080", "host:65536", "host:-1", "host:http"})
    void takesNothingElse(String text) {
        assertThat(HttpAddress.parse(text)).isNull();
    }

    @Test
    void knowsWhatOnlyThisMachineReaches() {
        assertThat(new HttpAddress("127.8.9.1", 1).isLoopback()).isTrue();
        assertThat(new HttpAddress("0.0.0.0", 1).isLoopback()).isFalse();
        assertThat(new HttpAddress("127.0.0.1.example.org", 1).isLoopback()).isFalse();
    }
}
