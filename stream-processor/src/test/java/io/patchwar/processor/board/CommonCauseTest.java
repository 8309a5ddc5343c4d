package io.patchwar.processor.board;

import static io.patchwar.processor.WarBuilder.START;
import static io.patchwar.processor.WarBuilder.war;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Conflict;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.processor.WarBuilder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonCauseTest {
    private static List<CommonCause> among(WarBuilder... wars) {
        return CommonCause.among(Arrays.stream(wars).map(WarBuilder::build).toList());
    }

    @Test
    void oneWarIsNoConflict() {
        assertThat(among(war("a"))).isEmpty();
    }

    @Test
    void twoWarsOverOneFieldAreOne() {
        Conflict conflict = among(war("b").named("b").since(START.plusSeconds(9)), war("a"))
                .get(0)
                .conflict();
        assertThat(conflict.wars()).containsExactly("a", "b");
        assertThat(conflict.resource()).isEqualTo("deployments.apps");
        assertThat(conflict.fields()).containsExactly("spec.replicas");
        assertThat(conflict.reversals()).isEqualTo(84);
        assertThat(conflict.contenders())
                .allMatch(c -> c.writes() == 0 && c.values().isEmpty());
    }

    @Test
    void warsAreLinkedThroughFieldsOfOthers() {
        List<CommonCause> causes =
                among(war("a").over("f1"), war("b").over("f1", "f2"), war("c").over("f2"), war("d").over("f3"));
        assertThat(causes).hasSize(1);
        assertThat(causes.get(0).wars()).extracting(War::id).containsExactly("a", "b", "c");
        assertThat(causes.get(0).conflict().fields()).containsExactly("f1", "f2");
    }

    @Test
    void findingsAreNone() {
        assertThat(among(war("a").of(WarClass.FLIP_FLOP), war("b").of(WarClass.FLIP_FLOP)))
                .isEmpty();
    }

    @Test
    void itsIdIsThatOfTheFieldOfTheOldest() {
        String two = among(war("a"), war("b")).get(0).conflict().id();
        String three = among(
                        war("a"),
                        war("b"),
                        war("c").over("a.lesser.field", "spec.replicas").since(START.plusSeconds(1)))
                .get(0)
                .conflict()
                .id();
        assertThat(three).isEqualTo(two);
    }

    @Test
    void theLargestComesFirst() {
        List<CommonCause> causes = among(war("a").in("small"), war("b").in("small"), war("c"), war("d"), war("e"));
        assertThat(causes).extracting(c -> c.conflict().cluster()).containsExactly("prod-eu", "small");
    }
}
