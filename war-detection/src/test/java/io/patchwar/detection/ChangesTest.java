package io.patchwar.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Actor;
import io.patchwar.model.FieldValue;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final int MOST = 3;

    @Test
    void forgetsTheOldestWhenOneMoreComes() {
        Changes changes = new Changes();
        assertThat(changes.last()).isNull();
        assertThat(changes.all()).isEmpty();
        for (int second = 0; second < 5; second++) {
            changes.add(at(second), MOST);
        }

        assertThat(seconds(changes.all())).containsExactly(2L, 3L, 4L);
        assertThat(changes.last()).isSameAs(changes.all().get(2));
    }

    @Test
    void showsThoseThatAreNotOlder() {
        Changes changes = new Changes();
        for (int second = 0; second < 3; second++) {
            changes.add(at(second), MOST);
        }

        assertThat(seconds(changes.since(Instant.ofEpochSecond(1)))).containsExactly(1L, 2L);
        assertThat(seconds(changes.since(Instant.ofEpochSecond(1, 1)))).containsExactly(2L);
        assertThat(changes.since(Instant.ofEpochSecond(3))).isEmpty();
    }

    private static List<Long> seconds(List<Change> changes) {
        return changes.stream()
                .map(change -> change.mark().time().getEpochSecond())
                .toList();
    }

    private static Change at(int second) {
        Actor actor = new Actor("account", "program", "", false);
        Mark mark = new Mark(actor, new Side(actor), Instant.ofEpochSecond(second), "id", null, "update", second);
        return new Change(mark, FieldValue.ABSENT, FieldValue.PRESENT, true, true, false);
    }
}
