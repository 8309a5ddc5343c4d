package io.patchwar.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RotatedNameTest {
    @ParameterizedTest
    @CsvSource({
        "audit-2026-11-23T04-23-17.422.log, audit.log",
        "audit-2026-11-23T04-23-17.422.log.gz, audit.log",
        "kube-apiserver-audit-2026-11-23T04-23-17.422.json, kube-apiserver-audit.json",
        "audit.log.1, audit.log",
        "audit.log.12.gz, audit.log",
        "audit.log-20261123, audit.log",
        "audit.log-20261123-1700000000.zst, audit.log",
        "0.log.20261123-041717, 0.log",
        "0.log.20261123-041717.gz, 0.log",
    })
    void knowsWhatARotatedFileWasCalled(String name, String live) {
        assertThat(Objects.requireNonNull(RotatedName.of(name)).live()).isEqualTo(live);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"audit.log", "0.log", "audit", "kube-apiserver-audit.json", "audit.log.bak", "audit.log.gz"})
    void takesALiveLogForNoRotatedOne(String name) {
        assertThat(RotatedName.of(name)).isNull();
    }

    @Test
    void ordersThemByAge() {
        assertThat(List.of("a.log.2", "a.log.10", "a.log.1").stream()
                        .map(RotatedName::of)
                        .sorted(RotatedName.AGE)
                        .map(RotatedName::number))
                .containsExactly(10, 2, 1);
        assertThat(List.of("a-2026-11-23T04-23-18.000.log", "a-2026-11-23T04-23-17.422.log").stream()
                        .map(RotatedName::of)
                        .sorted(RotatedName.AGE)
                        .map(RotatedName::stamp))
                .isSorted();
    }
}
