package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patchwar demo} as somebody sees it who tries Patchwar for the first time. */
class DemoIT {
    /** Four times what is promised of two idle processors: the machine may not be idle. */
    private static final Duration SHOWN = Duration.ofMinutes(2);

    @TempDir
    private Path data;

    @Test
    void showsTheWarWithBothActorsTheFieldBothValuesAndTheRemedyAndEnds() throws Exception {
        try (PatchwarProcess demo =
                PatchwarProcess.start("demo", "--once", "--speed", "4", "--data", data.toString())) {
            assertThat(demo.awaitEnd()).as(demo.said()).isZero();

            String told = demo.said().replaceAll("\\s+", " ");
            assertThat(told)
                    .contains("Ready after", "each wants status.loadBalancer.ingress", "a war.")
                    .containsPattern("chisel-operator-system/chisel-operator and metallb-system/controller are fighting"
                            + " over status.loadBalancer.ingress of Service apps/web-[123]")
                    .containsPattern("wants 203\\.0\\.113\\.[123];")
                    .containsPattern("wants 192\\.0\\.2\\.6[456];")
                    .contains("What to do:", "Everything is stopped.")
                    .doesNotContain("\u001b");
            assertThat(demo.children()).isEmpty();
        }
    }

    @Test
    void showsTheWarSoonGoesOnUntilCtrlCAndLeavesNeitherProcessNorDirectory() throws Exception {
        long start = System.nanoTime();
        try (PatchwarProcess demo =
                PatchwarProcess.start(ReadmeTest.service("demo").toArray(String[]::new))) {
            demo.awaitWord("(are fighting over)");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHOWN);
            demo.awaitWord("(The war goes on)");
            List<ProcessHandle> children = demo.children();
            assertThat(demo.said()).contains("/metrics", "/api/v1/wars/{id}", "/audit/{cluster}");
            String directory = directoryOf(children);

            demo.interruptAll();

            assertThat(demo.awaitEnd()).isEqualTo(130);
            PatchwarProcess.awaitGone(children);
            assertThat(demo.said()).contains("Everything is stopped.").doesNotContain("the broker ended");
            assertThat(Files.exists(Path.of(directory))).isFalse();
        }
    }

    /** The broker's arguments name the directory that its records are in. */
    private static String directoryOf(List<ProcessHandle> children) {
        return children.stream()
                .flatMap(child -> Stream.of(child.info().arguments().orElse(new String[0])))
                .filter(argument -> argument.contains("patchwar-demo-"))
                .map(argument -> argument.substring(0, argument.indexOf('/', argument.indexOf("patchwar-demo-"))))
                .findFirst()
                .orElseThrow();
    }
}
