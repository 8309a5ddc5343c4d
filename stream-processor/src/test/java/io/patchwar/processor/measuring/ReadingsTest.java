package io.patchwar.processor.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchwar.pressure.Measured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private static Series series(double value, Instant at, String... labels) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        return new Series(map, value, at);
    }

    private static Readings readings(List<Series> quota, List<Series> inUse, List<Series> watchers) {
        return new Readings("cluster", quota, inUse, watchers);
    }

    @Test
    void aSeriesThatNamesNoClusterHoldsForEach() {
        Readings all = readings(List.of(series(100, NOW)), List.of(series(40, NOW)), List.of());

        assertThat(all.of("prod", NOW)).isEqualTo(new Measured(100L, 40L, NOW, Map.of()));
        assertThat(all.of("other", NOW)).isEqualTo(all.of("prod", NOW));
    }

    @Test
    void theClustersOwnSeriesWins() {
        List<Series> quota =
                List.of(series(300, NOW, "cluster", "other"), series(200, NOW, "cluster", "prod"), series(100, NOW));

        assertThat(readings(quota, List.of(), List.of()).of("prod", NOW).quotaBytes())
                .isEqualTo(200L);
        assertThat(readings(quota, List.of(), List.of()).of("third", NOW).quotaBytes())
                .isEqualTo(100L);
    }

    @Test
    void whatIsStaleDoesNotCount() {
        Readings all = readings(List.of(series(100, NOW)), List.of(series(40, NOW.minusSeconds(60))), List.of());

        assertThat(all.of("prod", NOW.minusSeconds(60)).inUseBytes()).isEqualTo(40L);
        assertThat(all.of("prod", NOW.minusSeconds(59)).inUseBytes()).isNull();
        assertThat(all.of("prod", NOW.minusSeconds(59)).at()).isNull();
    }

    @Test
    void aQuotaOfNothingIsNone() {
        assertThat(readings(List.of(series(0, NOW)), List.of(), List.of())
                        .of("prod", NOW)
                        .quotaBytes())
                .isNull();
        assertThat(readings(List.of(series(1, NOW)), List.of(), List.of())
                        .of("prod", NOW)
                        .quotaBytes())
                .isEqualTo(1L);
    }

    @Test
    void watchersAreOfResourcesWithTheirGroup() {
        List<Series> watchers = List.of(
                series(40, NOW, "resource", "services", "group", ""),
                series(2, NOW, "resource", "services", "instance", "b"),
                series(6, NOW, "resource", "deployments", "group", "apps"),
                series(9, NOW, "resource", "pods", "cluster", "other"),
                series(7, NOW, "verb", "WATCH"));

        assertThat(readings(List.of(), List.of(), watchers).of("prod", NOW).watchers())
                .isEqualTo(Map.of("services", 42, "deployments.apps", 6));
    }

    @Test
    void readsWhatPrometheusAnswers() throws Exception {
        String answer = """
                {"status":"success","data":{"resultType":"vector","result":[
                  {"metric":{"cluster":"prod"},"value":[1732442400.25,"2147483648"]},
                  {"metric":{},"value":[1732442400,"NaN"]},
                  {"metric":{},"value":[1732442400,"+Inf"]}]}}
                """;

        assertThat(Series.read(answer.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(series(2147483648.0, Instant.ofEpochMilli(1732442400250L), "cluster", "prod"));
    }

    @Test
    void tellsARefusalInPrometheusWords() {
        String answer =
                "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"1:5: parse error: unexpected x\"}";

        assertThatThrownBy(() -> Series.read(answer.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("parse error: unexpected x");
        assertThatThrownBy(() -> Series.read("<html>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Series.read("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\"}}"
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no vector but matrix");
    }
}
