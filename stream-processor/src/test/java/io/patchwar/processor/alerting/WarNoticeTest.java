package io.patchwar.processor.alerting;

import static io.patchwar.processor.WarBuilder.START;
import static io.patchwar.processor.WarBuilder.war;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchwar.detection.WarId;
import io.patchwar.model.Contender;
import io.patchwar.model.Evidence;
import io.patchwar.model.Severity;
import io.patchwar.model.WarClass;
import io.patchwar.processor.WarBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarNoticeTest {
    private static final List<String> SHORT =
            List.of("contenders", "values", "reversals", "started_at", "suggested_action", "pressure", "unheard");

    private final WarNotice notices =
            new WarNotice(AlertSettings.to().reachedAt(URI.create("https://patchwar.example")));

    private Notice notice(WarBuilder war) {
        return notices.of(war.standing(), Severity.WARNING);
    }

    @Test
    void itsLabelsAreTheContracts() {
        assertThat(notice(war("0123456789abcdef")).labels())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "alertname", "PatchWar",
                        "severity", "warning",
                        "cluster", "prod-eu",
                        "namespace", "shop",
                        "resource", "deployments.apps",
                        "name", "checkout",
                        "field", "spec.replicas",
                        "war_id", "0123456789abcdef"));
    }

    @Test
    void whatChangesWhileItLastsIsNoLabel() {
        Notice early = notice(war("w1"));
        Contender third = new Contender("third", "kubectl", List.of(), 1, 0, Map.of());
        Notice late = notice(war("w1")
                .reversals(1_000)
                .lastAt(START.plusSeconds(9_000))
                .every(Duration.ofMinutes(3))
                .between(third, third, third));
        assertThat(late.labels()).isEqualTo(early.labels());
        assertThat(late.annotations()).isNotEqualTo(early.annotations());
    }

    @Test
    void aClusterScopedObjectHasNoNamespaceAndAFieldlessClassNoField() {
        Notice notice = notice(
                war("w1").of(WarClass.HOT_LOOP).on("c", "", "nodes", "", "n1").over());
        assertThat(notice.labels()).doesNotContainKeys("namespace", "field").containsEntry("resource", "nodes");
    }

    @Test
    void aFieldThatJoinsLaterAndSortsFirstChangesNoLabel() {
        String first = "spec.replicas";
        String id = WarId.hash("prod-eu", "apps", "deployments", "shop", "checkout", first, "audit-1");
        Evidence opening = evidence("audit-1", first);
        Evidence other = evidence("audit-0", "metadata.annotations[a]");
        Notice one = notice(war(id).over(first).evidence(opening));
        Notice two = notice(war(id).over("metadata.annotations[a]", first).evidence(other, opening));
        assertThat(two.labels()).isEqualTo(one.labels()).containsEntry("field", first);
    }

    private static Evidence evidence(String auditID, String field) {
        return new Evidence(auditID, "1", START, "a", "p", "i", "update", field, "1", "2");
    }

    @Test
    void itSaysWhoFightsOverWhatAndWhatToDo() {
        Map<String, String> said = notice(war("w1")).annotations();
        assertThat(said)
                .containsEntry("summary", "Controllers keep overwriting each other's value of the same field.")
                .containsEntry(
                        "values", "argocd/argocd-application-controller: 3; kube-system/horizontal-pod-autoscaler: 5")
                .containsEntry("reversals", "42 reversals, every 20 s")
                .containsEntry("started_at", "2026-11-24T02:46:00Z")
                .containsEntry("investigation_url", "https://patchwar.example/api/v1/wars/w1");
        assertThat(said.get("description"))
                .contains("argocd/argocd-application-controller", "spec.replicas", "Deployment shop/checkout");
        assertThat(said.get("contenders")).contains("argocd/argocd-application-controller (argocd-controller)");
        assertThat(said.get("suggested_action")).isNotBlank();
    }

    @Test
    void withoutAnAddressOfOursItLinksNowhere() {
        Notice notice = new WarNotice(AlertSettings.to()).of(war("w1").standing(), Severity.WARNING);
        assertThat(notice.link()).isNull();
        assertThat(notice.annotations()).doesNotContainKeys("investigation_url", "runbook_url");
    }

    @Test
    void aConfiguredLabelStandsOnEveryAlertAndNeverOverAnIdentity() {
        AlertSettings settings = new AlertSettings(
                List.of(), Map.of("team", "platform", "war_id", "mine"), null, null, AlertTiming.DEFAULT, 5, 10, 10);
        Notice notice = new WarNotice(settings).of(war("w1").standing(), Severity.WARNING);
        assertThat(notice.labels()).containsEntry("team", "platform").containsEntry("war_id", "w1");
    }

    @ParameterizedTest
    @EnumSource
    void hostileTextIsHarmlessAndShortInEveryClass(WarClass warClass) {
        String evil = "\u001b[31m<script>\u202e\n" + "🦊é".repeat(3_000);
        Contender contender =
                new Contender(evil, evil, Collections.nCopies(9, evil), 1, 1, Map.of(evil, List.of(evil, evil + "1")));
        Notice notice = notice(war("../" + evil)
                .of(warClass)
                .on(evil, evil, evil, evil, evil)
                .over(evil)
                .between(contender, contender));
        String all = notice.labels() + " " + notice.annotations() + notice.link();
        assertThat(all).doesNotContain("\u001b", "\n", "\u202e");
        int few = SHORT.stream()
                .mapToInt(name -> ShortText.bytes(notice.annotations().getOrDefault(name, "")))
                .sum();
        assertThat(few).isLessThan(1_024);
        assertThat(ShortText.bytes(notice.annotations().get("description"))).isLessThanOrEqualTo(600);
        assertThat(notice.link().getPath()).startsWith("/api/v1/wars/");
        assertThat(notice.link().getRawPath()).doesNotContain(" ", "<", "\"");
    }

    @Test
    void anAlertWithoutANameOrWithAnEmptyLabelIsAMistakeOfOurs() {
        assertThatThrownBy(() -> new Notice(Map.of("severity", "warning"), Map.of(), START, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Notice(Map.of("alertname", "PatchWar", "field", ""), Map.of(), START, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
