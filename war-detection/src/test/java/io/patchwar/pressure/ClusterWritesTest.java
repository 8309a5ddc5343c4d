package io.patchwar.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Actor;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.Observation.Existence;
import io.patchwar.model.Observation.Kind;
import io.patchwar.model.Observation.Shown;
import io.patchwar.model.Part;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import io.patchwar.model.wire.ClusterLoad.Growth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterWritesTest {
    private static final Instant START = Instant.parse("2026-11-24T10:00:20Z");
    private static final Actor ACTOR = new Actor("system:serviceaccount:shop:left", "left", "left/1", false);

    private final ClusterWrites writes = new ClusterWrites();

    @Test
    void areTheSameOnceReadAsTheyWereWritten() {
        for (int i = 0; i < 90; i++) {
            count("secrets", i % 3 == 0 ? Existence.DELETED : Existence.CREATED, START.plusSeconds(10L * i));
            count("services", Existence.UNCHANGED, START.plusSeconds(10L * i + 1));
        }
        Instant now = START.plusSeconds(900);

        assertThat(read(now).load("c", 0, now)).isEqualTo(writes.load("c", 0, now));
        assertThat(read(now).load("c", 0, now).since()).isEqualTo(START);
    }

    @Test
    void forgetWhatCameAndWentMoreThanTenMinutesAgo() {
        count("secrets", Existence.CREATED, START);
        count("jobs", Existence.CREATED, START.plusSeconds(60));

        Instant last = START.plus(Duration.ofMinutes(9));
        assertThat(grown(read(last), last)).containsExactly("jobs", "secrets");
        Instant late = START.plus(Duration.ofMinutes(10));
        assertThat(grown(read(late), late)).containsExactly("jobs");
        assertThat(written(late)).isLessThan(written(last));
    }

    private static List<String> grown(ClusterWrites writes, Instant now) {
        return writes.load("c", 0, now).growing().stream().map(Growth::resource).toList();
    }

    private ClusterWrites read(Instant now) {
        StateWriter out = new StateWriter();
        writes.write(out, now);
        ClusterWrites read = new ClusterWrites();
        StateReader in = new StateReader(out.toBytes());
        read.read(in);
        in.finish();
        return read;
    }

    private int written(Instant now) {
        StateWriter out = new StateWriter();
        writes.write(out, now);
        return out.length();
    }

    private void count(String resource, Existence existence, Instant time) {
        writes.count(
                new ObjectRef("c", "", resource, "shop", "x"),
                new Observation(
                        time,
                        "id",
                        null,
                        null,
                        false,
                        ACTOR,
                        "update",
                        Part.MAIN,
                        Kind.CHANGED,
                        Shown.WRITTEN,
                        false,
                        existence,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        1_000));
    }
}
