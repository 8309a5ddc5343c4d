package io.patchwar.processor.alerting;

import static io.patchwar.processor.WarBuilder.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox(3);

    private static Alert alert(String id, Instant end) {
        return new Alert(Map.of("alertname", "PatchWar", "war_id", id), Map.of(), START, end, null);
    }

    private static Alert alert(String id) {
        return alert(id, START.plusSeconds(240));
    }

    private List<String> taken(int most) throws InterruptedException {
        return outbox.take(most, Duration.ZERO).stream()
                .map(a -> a.labels().get("war_id"))
                .toList();
    }

    @Test
    void givesTheOldestFirstAndNoMoreThanAskedFor() throws Exception {
        outbox.put(List.of(alert("a"), alert("b"), alert("c")));
        assertThat(taken(2)).containsExactly("a", "b");
        assertThat(taken(2)).containsExactly("c");
    }

    @Test
    void holdsAsManyAsItMay() {
        assertThat(outbox.put(List.of(alert("a"), alert("b"), alert("c")))).isZero();
    }

    @Test
    void dropsTheOldestForOneMore() throws Exception {
        assertThat(outbox.put(List.of(alert("a"), alert("b"), alert("c"), alert("d"))))
                .isEqualTo(1);
        assertThat(taken(9)).containsExactly("b", "c", "d");
    }

    @Test
    void replacesWhatWaitsByItsNewerForm() throws Exception {
        outbox.put(List.of(alert("a"), alert("b"), alert("c")));
        assertThat(outbox.put(List.of(alert("a", START.plusSeconds(1))))).isZero();
        assertThat(outbox.take(1, Duration.ZERO)).extracting(Alert::endsAt).containsExactly(START.plusSeconds(1));
    }

    @Test
    void waitsForNobodyOnceClosed() throws Exception {
        outbox.put(List.of(alert("a")));
        outbox.close();
        assertThat(outbox.isDone()).isFalse();
        assertThat(outbox.take(9, Duration.ofHours(1))).hasSize(1);
        assertThat(outbox.take(9, Duration.ofHours(1))).isEmpty();
        assertThat(outbox.isDone()).isTrue();
    }
}
