package io.patchwar.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.Severity;
import io.patchwar.model.WarClass;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityJudgeTest {

    @ParameterizedTest(name = "{0}: {1} counted and {2} stored of {3}, {4} s old, gap {5} s, full in {6} s: {7}")
    @CsvSource(
            nullValues = "-",
            value = {
                // The time to quota decides at once, for a finding too.
                "TUG_OF_WAR,    3,    3,    9,   2,    1, 3599, CRITICAL",
                "TUG_OF_WAR,    3,    3,    9,   2,    1, 3600, WARNING",
                "HOT_LOOP,     60,   60,  600,  30,    1, 3599, CRITICAL",
                "HOT_LOOP,     60,   60,  600,  30,    1, 3600, INFO",
                // More than three tenths of the cluster's writes, and one a second, after a minute.
                "HOT_LOOP,    600,  601, 2000, 600,    1,    -, CRITICAL",
                "HOT_LOOP,    600,  601, 2004, 600,    1,    -, INFO",
                "HOT_LOOP,    600,  599,  600, 600,    1,    -, INFO",
                "HOT_LOOP,     60,   60,   60,  59,    1,    -, INFO",
                "HOT_LOOP,     60,   60,   60,  60,    1,    -, CRITICAL",
                "HOT_LOOP,     60,   60,    0,  60,    1,    -, INFO",
                // Sixty reversals a minute, of a war only.
                "TUG_OF_WAR,  600,    0, 9999, 600,    1,    -, CRITICAL",
                "TUG_OF_WAR,  599,    0, 9999, 600,    1,    -, WARNING",
                "TUG_OF_WAR,   60,    0, 9999,  59,    1,    -, WARNING",
                "REJECTED,    600,    0, 9999, 600,    1,    -, INFO",
                // One reversal in twenty minutes.
                "TUG_OF_WAR,    1,    1, 9999, 9999, 1200,   -, WARNING",
                "TUG_OF_WAR,    1,    1, 9999, 9999, 1201,   -, INFO",
                "TUG_OF_WAR,    1,    1, 9999, 9999,    -,   -, INFO",
            })
    void judgesOnBothSidesOfEachBound(
            WarClass warClass, long counted, long stored, long all, long age, Long gap, Long full, Severity severity) {
        assertThat(judge(warClass, "services", "status.x", counted, stored, all, age, gap, full))
                .isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({
        "deployments, spec.replicas, WARNING",
        "deployments, spec.template.spec.containers[name=a].image, WARNING",
        "deployments, spec.templates, INFO",
        "mutatingwebhookconfigurations, webhooks[name=a].rules, WARNING",
    })
    void whatReplacesPodsOrGuardsEveryRequestIsAWarningHoweverSlow(String resource, String field, Severity severity) {
        assertThat(judge(WarClass.TUG_OF_WAR, resource, field, 1, 1, 9_999, 9_999, 9_999L, null))
                .isEqualTo(severity);
        assertThat(judge(WarClass.FLIP_FLOP, resource, field, 1, 1, 9_999, 9_999, 9_999L, null))
                .isEqualTo(Severity.INFO);
    }

    private static Severity judge(
            WarClass warClass,
            String resource,
            String field,
            long counted,
            long stored,
            long all,
            long age,
            Long gap,
            Long full) {
        return SeverityJudge.judge(new WarRate(
                warClass,
                new ObjectRef("c", "", resource, "n", "o"),
                Set.of(field),
                counted,
                stored,
                all,
                Duration.ofSeconds(age),
                gap == null ? null : Duration.ofSeconds(gap),
                full == null ? null : Duration.ofSeconds(full)));
    }
}
