package io.patchwar.model.words;

import static io.patchwar.model.words.WarExamples.CHISEL;
import static io.patchwar.model.words.WarExamples.METALLB;
import static io.patchwar.model.words.WarExamples.between;
import static io.patchwar.model.words.WarExamples.contender;
import static io.patchwar.model.words.WarExamples.war;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Conflict;
import io.patchwar.model.Contender;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SentenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TUG_OF_WAR | metallb-system/controller and chisel-operator-system/chisel-operator are fighting over"
                        + " status.loadBalancer.ingress of Service apps/web-1: 14 reversals a second since 08:44:50,"
                        + " 192.0.2.65 ↔ 203.0.113.1",
                "RECREATE | metallb-system/controller keeps re-creating Service apps/web-1, which"
                        + " chisel-operator-system/chisel-operator keeps deleting: 14 re-creations a second since 08:44:50",
                "ADMISSION | metallb-system/controller keeps setting status.loadBalancer.ingress of Service apps/web-1, and"
                        + " admission (lb.example.com) keeps changing it: 14 rounds a second since 08:44:50, asked for 192.0.2.65,"
                        + " stored 203.0.113.1",
                "ORDER | metallb-system/controller and chisel-operator-system/chisel-operator keep putting"
                        + " status.loadBalancer.ingress of Service apps/web-1 into another order: 14 reversals a second since 08:44:50",
                "SPLIT_BRAIN | 2 instances of metallb-system/controller (controller) (controller-x2x8z and controller-k9q2m) are"
                        + " fighting over status.loadBalancer.ingress of Service apps/web-1: 14 reversals a second since 08:44:50,"
                        + " 192.0.2.65 ↔ 203.0.113.1",
                "CONTENTION | metallb-system/controller and chisel-operator-system/chisel-operator keep overwriting each other's"
                        + " ever new values of status.loadBalancer.ingress of Service apps/web-1: 14 hand-overs a second since 08:44:50",
                "FLIP_FLOP | metallb-system/controller keeps changing status.loadBalancer.ingress of Service apps/web-1 to and"
                        + " fro: 14 returns a second since 08:44:50, 192.0.2.65 ↔ 203.0.113.1",
                "HOT_LOOP | metallb-system/controller keeps writing Service apps/web-1 without a pause: 14 writes a second since"
                        + " 08:44:50",
                "REJECTED | metallb-system/controller keeps trying to write Service apps/web-1, and is refused: 14 rejections a"
                        + " second since 08:44:50, 422 Invalid by replica-cap: too many replicas",
                "SUSPECTED | metallb-system/controller and chisel-operator-system/chisel-operator keep writing Service apps/web-1"
                        + " in turns: 14 hand-overs a second since 08:44:50; the log has no bodies, so nobody can tell whether"
                        + " they undo each other",
            })
    void saysWhatEachClassIs(WarClass warClass, String sentence) {
        assertThat(Sentence.of(war(warClass))).isEqualTo(sentence);
    }

    @Test
    void speaksOfAnEndedWarInThePast() {
        assertThat(Sentence.of(WarExamples.ended(war(WarClass.TUG_OF_WAR))))
                .isEqualTo("metallb-system/controller and chisel-operator-system/chisel-operator fought over"
                        + " status.loadBalancer.ingress of Service apps/web-1: 14 reversals a second from 08:44:50 to"
                        + " 08:45:00, 192.0.2.65 ↔ 203.0.113.1");
    }

    @Test
    void namesTheProgramsWhereOneAccountWritesAsTwo() {
        War war = tugOfWar(
                contender("admin", "helm", "", "spec.replicas", List.of("1")),
                contender("admin", "kubectl", "", "spec.replicas", List.of("2")));
        assertThat(Sentence.of(war)).startsWith("admin (helm) and admin (kubectl) are fighting over spec.replicas of");
    }

    @Test
    void namesFourContendersAndCountsTheRest() {
        List<Contender> six = java.util.stream.IntStream.range(0, 6)
                .mapToObj(i -> contender("system:serviceaccount:n:a" + i, "p", "", "spec.replicas", List.of("" + i)))
                .toList();
        assertThat(Sentence.of(between(WarClass.TUG_OF_WAR, "deployments", "spec.replicas", six, 141, null)))
                .startsWith("n/a0, n/a1, n/a2, n/a3 and 2 more are")
                .endsWith(", 0 ↔ 1 ↔ 2 ↔ 3 ↔ …");
    }

    @Test
    void namesTheParentOfFieldsThatChangeTogether() {
        assertThat(Sentence.fields(List.of("spec.a", "spec.a.x", "spec.a[0]", "spec.ab")))
                .isEqualTo("spec.a and spec.ab");
    }

    @Test
    void namesARivalManager() {
        War war = war(WarClass.REJECTED);
        var rejection = new io.patchwar.model.Rejection(409, "Conflict", "", null, List.of("helm"), List.of());
        War refused = between(WarClass.REJECTED, "services", "spec.replicas", war.contenders(), 12, rejection);
        assertThat(Sentence.of(refused)).endsWith(", 409 Conflict, owned by helm");
    }

    @Test
    void addsUpAConflict() {
        Contender metallb = new Contender(METALLB, "controller", List.of(), 0, 0, Map.of());
        Contender chisel = new Contender(CHISEL, "chisel-operator", List.of(), 0, 0, Map.of());
        Conflict conflict = new Conflict(
                "c",
                "default",
                WarClass.TUG_OF_WAR,
                "services",
                List.of("status.loadBalancer.ingress"),
                List.of(metallb, chisel),
                List.of("1", "2", "3"),
                1_234);
        assertThat(Sentence.of(conflict))
                .isEqualTo("metallb-system/controller and chisel-operator-system/chisel-operator fight 3 wars over"
                        + " status.loadBalancer.ingress of services: 1,234 reversals in all");
    }

    @ParameterizedTest
    @EnumSource
    void hostileTextStaysInItsPlace(WarClass warClass) {
        String hostile = "\u001b[2J\n\u202egnp.exe" + "x".repeat(1 << 20);
        Contender a = contender(hostile, hostile, hostile, hostile, List.of(hostile, "1" + hostile));
        Contender b = contender(hostile + "b", hostile, hostile, hostile, List.of("2" + hostile));
        var rejection =
                new io.patchwar.model.Rejection(422, hostile, hostile, hostile, List.of(hostile), List.of(hostile));
        String said = Sentence.of(between(warClass, hostile, hostile, List.of(a, b), 12, rejection));
        assertThat(said).hasSizeLessThan(4_000).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }

    private static War tugOfWar(Contender... contenders) {
        return between(WarClass.TUG_OF_WAR, "deployments", "spec.replicas", List.of(contenders), 141, null);
    }
}
