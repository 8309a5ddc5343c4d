package io.patchwar.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Actor;
import io.patchwar.model.FieldValue;
import io.patchwar.model.FieldValue.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is looked up among numbers is what a search through all changes finds. */
class TakenAwayTest {
    private static final int MOST = 5;

    @Test
    void knowsWhoLastTookEachOfTheLastValuesAway() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        TakenAway taken = new TakenAway();
        List<Change> plain = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Change change = change(value(random), value(random), i);
            taken.add(change, MOST);
            add(change, plain);
            FieldValue wanted = value(random);

            assertThat(taken.size()).isEqualTo(plain.size());
            assertThat(taken.of(wanted)).isSameAs(find(wanted, plain));
        }
    }

    private static void add(Change change, List<Change> plain) {
        if (!plain.removeIf(known -> known.from().same(change.from())) && plain.size() == MOST) {
            plain.remove(0);
        }
        plain.add(change);
    }

    private static Change find(FieldValue wanted, List<Change> plain) {
        return plain.stream()
                .filter(change -> change.from().same(wanted))
                .findFirst()
                .orElse(null);
    }

    /** One of eight values, of which always two have the lower half of their digest in common. */
    private static FieldValue value(Random random) {
        int n = random.nextInt(8);
        long digest = ((long) (n % 2 + 1) << 32) + n / 2;
        return FieldValue.of("value " + n, digest, digest, Shape.TEXT);
    }

    private static Change change(FieldValue from, FieldValue to, int sequence) {
        Actor actor = new Actor("account", "program", "", false);
        Mark mark = new Mark(
                actor, new Side(actor), Instant.EPOCH, "id " + sequence, null, "update", Objects.hash(sequence));
        return new Change(mark, from, to, true, true, false);
    }
}
