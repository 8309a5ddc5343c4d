package io.patchwar.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.patchwar.model.Minutes;
import io.patchwar.model.WriteLoad;
import io.patchwar.model.wire.ClusterLoad.Growth;
import io.patchwar.model.wire.ClusterLoad.WantOfRoom;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadJsonTest {
    private static final Instant TIME = Instant.parse("2026-11-23T12:10:07.123456Z");
    private static final Instant LAST = Instant.parse("2026-11-23T12:10:00Z");
    private static final Minutes SOME = new Minutes(LAST, List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 5_000_000_000L));

    @Test
    void aLoadComesBackAsItWent() throws IOException {
        WriteLoad load = new WriteLoad(TIME, SOME, SOME, SOME, SOME, SOME, Duration.ofMillis(143));
        assertThat(read(written(load))).isEqualTo(load);
        assertThat(read("null")).isNull();
    }

    @Test
    void countsOfDifferentMinutesAreBroughtToTheLatest() throws IOException {
        Minutes older = new Minutes(LAST.minusSeconds(60), SOME.counts());
        WriteLoad back = read(written(new WriteLoad(TIME, SOME, SOME, SOME, older, Minutes.NONE, null)));
        assertThat(back).isNotNull();
        assertThat(back.noOps()).isEqualTo(older.upTo(LAST));
        assertThat(back.rejected().sum(LAST)).isZero();
    }

    @Test
    void whatIsBrokenIsRefusedAndWhatIsUnknownPassedOver() throws IOException {
        WriteLoad load = new WriteLoad(TIME, SOME, SOME, SOME, SOME, SOME, null);
        String json = written(load);
        assertThat(read(json.replace("{\"since\"", "{\"later\":{\"a\":[1]},\"since\"")))
                .isEqualTo(load);
        assertThatThrownBy(() -> read(json.replace("\"stored\"", "\"store\"")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stored is missing");
        assertThatThrownBy(() -> read(json.replace("[0,1,", "[0,"))).isInstanceOf(IOException.class);
    }

    @Test
    void aClustersLoadComesBackAsItWent() throws IOException {
        ClusterLoad load = new ClusterLoad(
                "prod-1",
                3,
                LAST,
                TIME,
                SOME,
                SOME,
                List.of(new Growth("secrets", 90, 2, 180_000), new Growth("jobs.batch", 1, 0, 9)));
        assertThat(ClusterLoad.read(load.toJson())).isEqualTo(load);
        ClusterLoad crowded = load.with(new WantOfRoom(1, 2, 3));
        assertThat(ClusterLoad.read(crowded.toJson())).isEqualTo(crowded);
        assertThatThrownBy(() -> ClusterLoad.read("[]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    private static String written(WriteLoad load) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            LoadJson.write(load, json);
        }
        return out.toString();
    }

    private static WriteLoad read(String text) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            return LoadJson.read(json);
        }
    }
}
