package io.patchwar.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Actor;
import io.patchwar.model.Contender;
import io.patchwar.model.FieldValue;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Part;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarState;
import io.patchwar.model.WriteLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectHistoryTest {
    private static final String REPLICAS = "spec.replicas";

    private static Story tug(int reversalsOfArgo) {
        Story story = new Story().sets("argocd", REPLICAS, 2);
        for (int i = 0; i < reversalsOfArgo; i++) {
            story.after(15).sets("hpa", REPLICAS, 5).after(15).sets("argocd", REPLICAS, 2);
        }
        return story;
    }

    @Test
    void opensAWarOnTheThirdReversalOfOneContender() {
        assertThat(tug(2).said()).isEmpty();

        War war = tug(3).war();

        assertThat(war.warClass()).isEqualTo(WarClass.TUG_OF_WAR);
        assertThat(war.fields()).containsExactly(REPLICAS);
        assertThat(war.contenders()).extracting(Contender::program).containsExactly("argocd", "hpa");
        assertThat(war.contenders().get(0).values()).containsEntry(REPLICAS, List.of("2"));
        assertThat(war.contenders().get(1).values()).containsEntry(REPLICAS, List.of("5"));
    }

    @Test
    void namesTheWarAfterItsFirstReversal() {
        War war = tug(3).war();

        assertThat(war.startedAt()).isEqualTo(Story.BEGIN.plusSeconds(30));
        assertThat(war.evidence().get(0).auditID()).isEqualTo("audit-0");
        assertThat(war.id()).isEqualTo(tug(5).war().id());
    }

    @Test
    void measuresThePeriodOfOneContenderNotOfAllOfThem() {
        assertThat(tug(5).war().period()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void reversalsFurtherApartThanTheWindowDoNotCountTogether() {
        Story story = new Story().sets("argocd", REPLICAS, 2);
        for (int i = 0; i < 3; i++) {
            story.after(Duration.ofHours(2)).sets("hpa", REPLICAS, 5).after(Duration.ofHours(1));
            story.sets("argocd", REPLICAS, 2);
        }
        // 3 h apart: the first and the third are exactly six hours apart, and that is within the window.
        assertThat(story.classes()).containsExactly(WarClass.TUG_OF_WAR);

        Story slower = new Story().sets("argocd", REPLICAS, 2);
        for (int i = 0; i < 3; i++) {
            slower.after(Duration.ofHours(2)).sets("hpa", REPLICAS, 5);
            slower.after(Duration.ofMinutes(61)).sets("argocd", REPLICAS, 2);
        }
        assertThat(slower.said()).isEmpty();
    }

    @Test
    void oneActorUndoingItselfMakesNoWar() {
        Story story = new Story();
        for (int i = 0; i < 20; i++) {
            story.after(60).sets("hpa", REPLICAS, 2).after(60).sets("hpa", REPLICAS, 4);
        }
        assertThat(story.classes()).doesNotContain(WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN);
    }

    @Test
    void aNewLeaderUndoingWhatTheOldOneDidMakesOneReversalOnly() {
        Actor old = Story.pod("controller", "controller-a");
        Actor next = Story.pod("controller", "controller-b");
        Story story = new Story();
        for (int i = 2; i <= 8; i++) {
            story.after(60).sets(old, REPLICAS, i);
        }
        for (int i = 7; i >= 2; i--) {
            story.after(60).sets(next, REPLICAS, i);
        }
        assertThat(story.said()).isEmpty();
    }

    @Test
    void instancesOfOneProgramFightAsThemselves() {
        Story story = new Story();
        for (int i = 0; i < 4; i++) {
            story.after(10).sets(Story.pod("ingress", "ingress-a"), "status.loadBalancer.ingress", "10.0.0.1");
            story.after(10).sets(Story.pod("ingress", "ingress-b"), "status.loadBalancer.ingress", "10.0.0.2");
        }
        War war = story.war();
        assertThat(war.warClass()).isEqualTo(WarClass.SPLIT_BRAIN);
        assertThat(war.contenders())
                .extracting(Contender::instances)
                .containsExactly(List.of("ingress-a"), List.of("ingress-b"));
    }

    @Test
    void onePodIsOneProgramWhateverItCallsItself() {
        Actor named = new Actor("system:serviceaccount:chisel", "chisel-operator", "chisel-0", true);
        Actor nameless = new Actor("system:serviceaccount:chisel", "unknown", "chisel-0", true);
        Story story = new Story();
        for (int i = 0; i < 6; i++) {
            story.after(1).sets(named, "spec.a", 1).after(1).sets(nameless, "spec.a", 2);
        }
        assertThat(story.classes()).doesNotContain(WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN);
    }

    @Test
    void whatNobodyOwnsIsNoSide() {
        Story story = new Story().sets("argocd", REPLICAS, 2);
        for (int i = 0; i < 5; i++) {
            story.after(5)
                    .carries(Story.program("bystander"), REPLICAS, 5)
                    .after(5)
                    .sets("argocd", REPLICAS, 2);
        }
        assertThat(story.said()).isEmpty();
    }

    @Test
    void aThirdSideJoinsTheWarOfItsField() {
        Story story = tug(3);
        for (int i = 0; i < 3; i++) {
            story.after(5).sets("keda", REPLICAS, 9).after(5).sets("argocd", REPLICAS, 2);
        }
        assertThat(story.war().contenders()).extracting(Contender::program).containsExactly("argocd", "hpa", "keda");
    }

    @Test
    void fieldsOfTheSameContendersAreOneWarNamedByTheLeastPath() {
        Map<String, FieldValue> ours = Map.of("spec.z", Story.value(1), "spec.a", Story.value(1));
        Map<String, FieldValue> theirs = Map.of("spec.z", Story.value(2), "spec.a", Story.value(2));
        Story story = new Story().setsAll(Story.program("us"), ours);
        for (int i = 0; i < 4; i++) {
            story.after(5).setsAll(Story.program("them"), theirs).after(5).setsAll(Story.program("us"), ours);
        }
        War war = story.war();
        assertThat(war.fields()).contains("spec.a", "spec.z");
        assertThat(war.id())
                .isEqualTo(
                        WarId.of(new ObjectRef("default", "apps", "deployments", "shop", "cart"), "spec.a", "audit-2"));
        assertThat(war.reversals()).as("two fields of one write count once").isLessThanOrEqualTo(8);
    }

    @Test
    void otherContendersOverAnotherFieldAreAnotherWar() {
        Story story = tug(3);
        for (int i = 0; i < 4; i++) {
            story.after(5).sets("mesh", "spec.paused", "true").after(5).sets("argocd", "spec.paused", "false");
        }
        assertThat(story.classes()).containsExactly(WarClass.TUG_OF_WAR, WarClass.TUG_OF_WAR);
    }

    @Test
    void aWarEndsAfterFiveMinutesOfSilenceAndNoSooner() {
        assertThat(tug(3).passes(Duration.ofMinutes(5)).war().state()).isEqualTo(WarState.ONGOING);

        War ended = tug(3).passes(Duration.ofMinutes(5).plusSeconds(1)).war();
        assertThat(ended.state()).isEqualTo(WarState.ENDED);
        assertThat(ended.endedAt()).isEqualTo(Story.BEGIN.plusSeconds(90));
    }

    @Test
    void aSlowWarIsGivenFivePeriodsOfSilence() {
        Story story = new Story().sets("argocd", REPLICAS, 2);
        for (int i = 0; i < 4; i++) {
            story.after(Duration.ofMinutes(8)).sets("hpa", REPLICAS, 5);
            story.after(Duration.ofMinutes(8)).sets("argocd", REPLICAS, 2);
        }
        assertThat(story.passes(Duration.ofMinutes(80)).war().state()).isEqualTo(WarState.ONGOING);
        assertThat(story.passes(Duration.ofSeconds(1)).war().state()).isEqualTo(WarState.ENDED);
    }

    @Test
    void oneReversalReopensAWarWithinTheWindow() {
        Story story = tug(3).passes(Duration.ofHours(1));
        String id = story.war().id();

        story.sets("hpa", REPLICAS, 5);

        assertThat(story.war().id()).isEqualTo(id);
        assertThat(story.war().state()).isEqualTo(WarState.ONGOING);
    }

    @Test
    void aWarLongForgottenIsAnotherWar() {
        Story story = tug(3);
        story.passes(Duration.ofHours(7));
        for (int i = 0; i < 4; i++) {
            story.after(15).sets("hpa", REPLICAS, 5).after(15).sets("argocd", REPLICAS, 2);
        }
        assertThat(story.classes()).hasSize(2);
    }

    @Test
    void threeRoundsAgainstAdmissionAreAWarWithAdmission() {
        Story two = new Story()
                .asksInVain("argocd", "metadata.labels.tier", "gold", "bronze")
                .after(60)
                .asksInVain("argocd", "metadata.labels.tier", "gold", "bronze");
        assertThat(two.said()).isEmpty();

        War war = two.after(60)
                .asksInVain("argocd", "metadata.labels.tier", "gold", "bronze")
                .war();
        assertThat(war.warClass()).isEqualTo(WarClass.ADMISSION);
        assertThat(war.contenders())
                .extracting(Contender::account)
                .containsExactly("admission", "system:serviceaccount:argocd");
        assertThat(war.contenders().get(0).values()).containsEntry("metadata.labels.tier", List.of("bronze"));
    }

    @Test
    void recreationsCountAfterAnothersDelete() {
        Story story = new Story().creates("operator", false);
        for (int i = 0; i < 2; i++) {
            story.after(60).deletes("argocd").after(60).creates("operator", false);
        }
        assertThat(story.said()).isEmpty();
        assertThat(story.after(60)
                        .deletes("argocd")
                        .after(60)
                        .creates("operator", false)
                        .classes())
                .containsExactly(WarClass.RECREATE);
    }

    @Test
    void anOwnedObjectMayBePutBackFiveTimes() {
        Story story = new Story().creates("replicaset-controller", true);
        for (int i = 0; i < 5; i++) {
            story.after(60).deletes("drain").after(1).creates("replicaset-controller", true);
        }
        assertThat(story.said()).isEmpty();
        assertThat(story.after(60)
                        .deletes("drain")
                        .after(1)
                        .creates("replicaset-controller", true)
                        .classes())
                .containsExactly(WarClass.RECREATE);
    }

    @Test
    void aListEmptiedAndRefilledWithNewItemsIsAWarOverTheList() {
        Story story = new Story();
        for (int i = 0; i < 3; i++) {
            story.after(Duration.ofMinutes(16)).sets("controller", "secrets[name=token-" + i + "]", FieldValue.PRESENT);
            story.after(1).removes("operator", "secrets[name=token-" + i + "]");
        }
        assertThat(story.war().fields()).containsExactly("secrets");
    }

    @Test
    void manyItemsInOneWriteAreOneReversalOfTheirList() {
        Map<String, FieldValue> there = Map.of(
                "secrets[name=a]",
                FieldValue.PRESENT,
                "secrets[name=b]",
                FieldValue.PRESENT,
                "secrets[name=c]",
                FieldValue.PRESENT,
                "secrets[name=d]",
                FieldValue.PRESENT);
        Map<String, FieldValue> gone = Map.of(
                "secrets[name=a]",
                FieldValue.ABSENT,
                "secrets[name=b]",
                FieldValue.ABSENT,
                "secrets[name=c]",
                FieldValue.ABSENT,
                "secrets[name=d]",
                FieldValue.ABSENT);
        Story story = new Story()
                .setsAll(Story.program("controller"), there)
                .after(1)
                .setsAll(Story.program("operator"), gone);
        assertThat(story.said()).isEmpty();
    }

    @Test
    void valuesThatOnlyDifferInOrderAreAFindingAndNoWar() {
        Story story = new Story();
        for (int i = 0; i < 4; i++) {
            story.after(5).sets(Story.program("enforcer"), "webhooks", Story.list("a", "b"));
            story.after(5).sets(Story.program("operator"), "webhooks", Story.list("b", "a"));
        }
        assertThat(story.classes()).containsExactly(WarClass.ORDER);
    }

    @Test
    void sixHandOversOfEverNewValuesAreAContention() {
        Story story = new Story();
        for (int i = 0; i < 6; i++) {
            story.after(10).sets(i % 2 == 0 ? "one" : "other", "metadata.annotations[stamp]", "t" + i);
        }
        assertThat(story.said()).as("five hand-overs").isEmpty();
        assertThat(story.after(10)
                        .sets("one", "metadata.annotations[stamp]", "t6")
                        .classes())
                .containsExactly(WarClass.CONTENTION);
    }

    @Test
    void oneInstanceAtOddsWithItselfIsAFlipFlopUnlessSomeoneWritesBetween() {
        Story alone = new Story();
        Story watched = new Story();
        for (int i = 0; i < 8; i++) {
            alone.after(20).sets("cert-manager", "data.tls", i % 2 == 0 ? "one" : "two");
            watched.after(20).sets("cert-manager", "data.tls", i % 2 == 0 ? "one" : "two");
            watched.after(1).sets("other", "metadata.labels.seen", i);
        }
        assertThat(alone.classes()).containsExactly(WarClass.FLIP_FLOP);
        assertThat(watched.said()).isEmpty();
    }

    @Test
    void sixtyWritesInTwoMinutesAreAHotLoop() {
        Story story = new Story();
        for (int i = 0; i < 59; i++) {
            story.after(2).writesNothing("stamper", Part.STATUS);
        }
        assertThat(story.said()).isEmpty();
        assertThat(story.after(2).writesNothing("stamper", Part.STATUS).classes())
                .containsExactly(WarClass.HOT_LOOP);
    }

    @Test
    void findingsAreWithdrawnWhenTheObjectTurnsOutToBeAtWar() {
        Story story = new Story();
        for (int i = 0; i < 60; i++) {
            story.after(1).writesNothing("argocd", Part.MAIN);
        }
        assertThat(story.classes()).containsExactly(WarClass.HOT_LOOP);

        story.sets("argocd", REPLICAS, 2);
        for (int i = 0; i < 3; i++) {
            story.after(15).sets("hpa", REPLICAS, 5).after(15).sets("argocd", REPLICAS, 2);
        }
        assertThat(story.classes()).containsExactly(WarClass.TUG_OF_WAR);
    }

    @Test
    void aMuteIsShownAndEndsByTheClustersOwnClock() {
        Instant until = Story.BEGIN.plusSeconds(120);
        IgnoreRule mute = new IgnoreRule(
                Set.of(),
                List.of("deployments.apps"),
                List.of(REPLICAS),
                List.of("argocd"),
                false,
                "known",
                true,
                until);
        Story story = new Story(DetectionRules.DEFAULT.ignoring(List.of(mute)));
        for (int i = 0; i < 5; i++) {
            story.after(10).sets("hpa", REPLICAS, 5).after(10).sets("argocd", REPLICAS, 2);
        }
        assertThat(story.war().muted()).isEqualTo("the ignore rule \"known\" (until " + until + ")");

        story.after(19).sets("hpa", REPLICAS, 5);
        assertThat(story.war().lastChangeAt()).isEqualTo(until.minusSeconds(1));
        assertThat(story.war().muted()).isNotNull();

        story.after(1).sets("argocd", REPLICAS, 2);
        assertThat(story.war().lastChangeAt()).isEqualTo(until);
        assertThat(story.war().muted()).isNull();
    }

    @Test
    void aMuteOfOneFieldOrContenderLeavesTheOthersAlone() {
        IgnoreRule other = new IgnoreRule(
                Set.of(), List.of(), List.of("spec.paused"), List.of(), false, "another field", true, null);
        IgnoreRule both = new IgnoreRule(
                Set.of(), List.of(), List.of(REPLICAS), List.of("argocd"), true, "not both sides", true, null);
        Story story = new Story(DetectionRules.DEFAULT.ignoring(List.of(other, both)));
        for (int i = 0; i < 5; i++) {
            story.after(10).sets("hpa", REPLICAS, 5).after(10).sets("argocd", REPLICAS, 2);
        }
        assertThat(story.war().muted()).isNull();
    }

    @Test
    void anIgnoredPairDoesNotFightAndAThirdPartyStillDoes() {
        IgnoreRule keda = new IgnoreRule(
                Set.of(),
                List.of("deployments.apps"),
                List.of(REPLICAS),
                List.of("*hpa", "*keda"),
                true,
                "scale to zero",
                false,
                null);
        DetectionRules rules = DetectionRules.DEFAULT.ignoring(List.of(keda));
        Story pair = new Story(rules);
        Story third = new Story(rules);
        for (int i = 0; i < 5; i++) {
            pair.after(5).sets("hpa", REPLICAS, 5).after(5).sets("keda", REPLICAS, 0);
            third.after(5).sets("hpa", REPLICAS, 5).after(5).sets("argocd", REPLICAS, 0);
        }
        assertThat(pair.said()).isEmpty();
        assertThat(third.classes()).containsExactly(WarClass.TUG_OF_WAR);
    }

    @Test
    void countsWhatTheContendersWriteFromTheWriteThatOpensTheWar() {
        Story story = tug(3);
        WriteLoad opened = story.war().load();

        story.after(5).sets("stranger", "spec.paused", true).writesNothing("hpa", Part.MAIN);
        story.after(10).sets("hpa", REPLICAS, 5);
        WriteLoad later = story.war().load();

        Instant now = later.since().plusSeconds(15);
        assertThat(opened.stored().sum(now)).isEqualTo(1);
        assertThat(opened.storedBytes().sum(now)).isEqualTo(1_000);
        assertThat(later.since()).isEqualTo(opened.since());
        assertThat(later.stored().sum(now)).isEqualTo(2);
        assertThat(later.noOps().sum(now)).isEqualTo(1);
        assertThat(later.lastGap()).isEqualTo(Duration.ofSeconds(15));
    }
}
