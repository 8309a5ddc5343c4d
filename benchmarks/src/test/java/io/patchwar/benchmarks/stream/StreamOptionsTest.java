package io.patchwar.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StreamOptionsTest {
    @Test
    void measuresEverythingForFiveMinutesIfNobodySaysOtherwise() {
        StreamOptions options = StreamOptions.parse();

        assertThat(options.parts()).isEqualTo(StreamOptions.PARTS);
        assertThat(options.seconds()).isEqualTo(300);
        assertThat(options.rateOr(5_000)).isEqualTo(5_000);
    }

    @Test
    void takesPartsInTheirOrderAndOptionsBetweenThem() {
        StreamOptions options =
                StreamOptions.parse("latency", "--seconds", "60", "throughput", "--rate", "0", "--profile");

        assertThat(options.parts()).containsExactly("latency", "throughput");
        assertThat(options.seconds()).isEqualTo(60);
        assertThat(options.rateOr(5_000)).isZero();
        assertThat(options.profile()).isTrue();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> StreamOptions.parse("speed")).hasMessageContaining("no part speed");
        assertThatThrownBy(() -> StreamOptions.parse("--second", "3")).hasMessageContaining("no option --second");
        assertThatThrownBy(() -> StreamOptions.parse("--seconds")).hasMessageContaining("--seconds needs a value");
        assertThatThrownBy(() -> StreamOptions.parse("--seconds", "2"))
                .hasMessageContaining("--seconds must be 3 to 86400, not 2");
        assertThatThrownBy(() -> StreamOptions.parse("--wars", "many"))
                .hasMessageContaining("--wars must be a whole number, not many");
    }
}
