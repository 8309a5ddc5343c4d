package io.patchwar.pressure;

import static io.patchwar.pressure.Fights.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Confidence;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarState;
import io.patchwar.model.WriteLoad;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeverityBoardTest {
    private static final Measured SMALL = Measured.of(new EtcdSpace(8L << 20, 0L, null));

    private final SeverityBoard board = new SeverityBoard(PressureConfig.DEFAULT);

    @Test
    void aWarThatGetsFastRisesAndComesDownFiveMinutesAfterItIsSlowAgain() {
        Instant slow = START.plusSeconds(600);
        assertThat(severity(slow, war("w", WarState.ONGOING, Fights.load(0.02, 2_000, START, slow), slow)))
                .isEqualTo(Severity.WARNING);

        Instant fast = slow.plusSeconds(90);
        War fought = war("w", WarState.ONGOING, Fights.load(20, 2_000, slow, fast), fast);
        assertThat(severity(fast, fought)).isEqualTo(Severity.CRITICAL);

        assertThat(severity(fast.plusSeconds(299), slowAgain(fast.plusSeconds(299))))
                .isEqualTo(Severity.CRITICAL);
        assertThat(severity(fast.plusSeconds(300), slowAgain(fast.plusSeconds(300))))
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void aFindingRisesWhenItFillsEtcd() {
        Instant now = START.plusSeconds(50);
        War loop = new War(
                "w",
                WarClass.HOT_LOOP,
                Severity.INFO,
                Confidence.CONFIRMED,
                WarState.ONGOING,
                new ObjectRef("c", "", "configmaps", "n", "o"),
                null,
                List.of(),
                List.of(),
                100,
                null,
                START,
                now,
                null,
                List.of(),
                null,
                null,
                1,
                Fights.load(20, 2_000, START, now));
        assertThat(board.judge("c", now, List.of(loop), List.of(), Measured.NOTHING)
                        .wars()
                        .get("w")
                        .severity())
                .isEqualTo(Severity.INFO);
        SeverityBoard.Judged judged =
                board.judge("c", now, List.of(loop), List.of(), SMALL).wars().get("w");
        assertThat(judged.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(judged.pressure()).isNotNull();
        assertThat(judged.pressure().timeToQuota()).isNotNull();
    }

    @Test
    void whatIsOverIsNoBurdenAndWhatIsLeftOutIsForgotten() {
        Instant now = START.plusSeconds(120);
        War fought = war("w", WarState.ONGOING, Fights.load(20, 2_000, START, now), now);
        assertThat(severity(now, fought)).isEqualTo(Severity.CRITICAL);
        War ended = war("w", WarState.ENDED, Fights.load(20, 2_000, START, now), now);
        SeverityBoard.Judgement over = board.judge("c", now.plusSeconds(1), List.of(ended), List.of(), SMALL);
        assertThat(over.cluster().growthPerSecond()).isZero();
        assertThat(over.wars().get("w").pressure()).isNull();

        board.judge("c", now.plusSeconds(2), List.of(), List.of(), Measured.NOTHING);
        assertThat(severity(now.plusSeconds(3), slowAgain(now.plusSeconds(3)))).isEqualTo(Severity.WARNING);
    }

    @Test
    void aWarThatFellSilentIsNoWarningForLongerThanTwentyMinutes() {
        War silent = war(
                "w", WarState.ONGOING, Fights.load(0.02, 2_000, START, START.plusSeconds(60)), START.plusSeconds(60));
        assertThat(severity(START.plusSeconds(60 + 1_200), silent)).isEqualTo(Severity.WARNING);
        assertThat(severity(START.plusSeconds(60 + 1_200 + 301), silent)).isEqualTo(Severity.INFO);
    }

    @Test
    void isJudgedByClusterWhateverWasCountedWhere() {
        Instant now = START.plusSeconds(300);
        War war = war("w", WarState.ONGOING, Fights.load(0.9, 2_000, START, now), now);
        assertThat(board.judge("c", now, List.of(war), List.of(Fights.cluster(0, 1, 9, START, now)), Measured.NOTHING)
                        .wars()
                        .get("w")
                        .pressure())
                .isNotNull()
                .extracting(Pressure::writeShare)
                .satisfies(share -> assertThat(share).isBetween(0.85, 0.95));
    }

    private War slowAgain(Instant now) {
        return war("w", WarState.ONGOING, Fights.load(0.02, 2_000, now.minusSeconds(100), now), now);
    }

    private Severity severity(Instant now, War war) {
        return board.judge("c", now, List.of(war), List.of(), Measured.NOTHING)
                .wars()
                .get(war.id())
                .severity();
    }

    private static War war(String id, WarState state, WriteLoad load, Instant lastChange) {
        return new War(
                id,
                WarClass.TUG_OF_WAR,
                Severity.INFO,
                Confidence.CONFIRMED,
                state,
                new ObjectRef("c", "", "services", "n", "o"),
                null,
                List.of("status.loadBalancer.ingress"),
                List.of(),
                100,
                null,
                START,
                lastChange,
                state == WarState.ENDED ? lastChange : null,
                List.of(),
                null,
                null,
                1,
                load);
    }
}
