package io.patchwar.processor.alerting;

import static io.patchwar.processor.WarBuilder.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CourierTest {
    private static final AlertmanagerSettings TARGET = AlertmanagerSettings.at(URI.create("http://am.example:9093"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();

    private Courier.Result deliver(List<Alert> batch, Function<String, Integer> answer) throws InterruptedException {
        Post post = new Post() {
            @Override
            public PostResult send(byte[] json) {
                String text = new String(json, StandardCharsets.UTF_8);
                requests.add(text);
                return new PostResult(answer.apply(text), "", Duration.ofMillis(1));
            }

            @Override
            public void close() {}
        };
        return new Courier(post, new TargetMeters(registry, TARGET), pauses::add, () -> 0.5).deliver(batch);
    }

    private Courier.Result deliver(int count, Integer... said) throws InterruptedException {
        answers.addAll(List.of(said));
        return deliver(alerts(count), json -> answers.removeFirst());
    }

    private static List<Alert> alerts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Alert(
                        Map.of("alertname", "PatchWar", "war_id", "w%02d".formatted(i)),
                        Map.of(),
                        START,
                        START.plusSeconds(240),
                        null))
                .toList();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    @Test
    void sendsABatchInOneRequest() throws Exception {
        assertThat(deliver(64, 200).accepted()).hasSize(64);
        assertThat(requests).hasSize(1);
        assertThat(count("patchwar.notifications.sent")).isEqualTo(64);
        assertThat(count("patchwar.notifications.errors")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 429, 500, 502, 503, 504})
    void triesOnceMoreWhatMayPassAfterAMoment(int status) throws Exception {
        assertThat(deliver(3, status, 200).accepted()).hasSize(3);
        assertThat(pauses)
                .singleElement()
                .satisfies(pause -> assertThat(pause).isBetween(Duration.ofMillis(250), Duration.ofSeconds(2)));
        assertThat(count("patchwar.notifications.errors")).isEqualTo(1);
        assertThat(count("patchwar.notifications.dropped", "reason", "failed")).isZero();
    }

    @Test
    void triesNoMoreThanTwice() throws Exception {
        assertThat(deliver(3, 503, 0).accepted()).isEmpty();
        assertThat(requests).hasSize(2);
        assertThat(count("patchwar.notifications.dropped", "reason", "failed")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 405, 415})
    void triesNothingAgainThatWillNotPass(int status) throws Exception {
        assertThat(deliver(64, status).accepted()).isEmpty();
        assertThat(requests).hasSize(1);
        assertThat(pauses).isEmpty();
        assertThat(count("patchwar.notifications.dropped", "reason", "failed")).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void oneAlertThatIsRefusedCostsNoOther(int status) throws Exception {
        Courier.Result result = deliver(alerts(64), json -> json.contains("\"w17\"") ? status : 200);
        assertThat(result.accepted())
                .hasSize(63)
                .noneMatch(a -> a.labels().get("war_id").equals("w17"));
        assertThat(result.last().status()).isEqualTo(status);
        assertThat(requests).hasSizeLessThan(16);
        assertThat(count("patchwar.notifications.dropped", "reason", "refused")).isEqualTo(1);
        assertThat(count("patchwar.notifications.sent")).isEqualTo(63);
    }

    @Test
    void whatIsSentIsTheContractsJson() throws Exception {
        Alert alert = new Alert(
                Map.of("alertname", "PatchWar"),
                Map.of("description", "\"a\"\u2028"),
                START,
                START.plusSeconds(240),
                URI.create("https://patchwar.example/api/v1/wars/w1"));
        deliver(List.of(alert), json -> 200);
        assertThat(requests)
                .containsExactly("[{\"labels\":{\"alertname\":\"PatchWar\"},"
                        + "\"annotations\":{\"description\":\"\\\"a\\\"\u2028\"},"
                        + "\"startsAt\":\"2026-11-24T02:46:00Z\",\"endsAt\":\"2026-11-24T02:50:00Z\","
                        + "\"generatorURL\":\"https://patchwar.example/api/v1/wars/w1\"}]");
    }
}
