package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the launcher puts on the class path of a quick command is enough for all of them, help of the services included. */
class ScanClassPathIT {
    private static final Pattern GROUPS = Pattern.compile("<scan\\.groups>(.*)</scan\\.groups>");

    /** This class path less the third-party jars that only services need, by the list that the build goes by. */
    private static String quickClassPath() throws Exception {
        var groups = GROUPS.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(groups.find()).isTrue();
        List<String> folders = Stream.of(groups.group(1).split(","))
                .map(group -> group.replace('.', File.separatorChar))
                .toList();
        String ours = Path.of("..").toAbsolutePath().normalize() + File.separator;
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar")
                        || entry.startsWith(ours)
                        || folders.stream().anyMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void isEnoughForEveryQuickCommand() throws Exception {
        String classPath = quickClassPath();
        assertThat(classPath).doesNotContain("kafka-clients", "jetty", "logback");
        for (String[] arguments : new String[][] {
            {"scan", "--min-severity", "critical", CommandLineRun.recording("peace")},
            {"serve", "--help"},
            {"demo", "--help"},
            {"explain"}
        }) {
            try (PatchwarProcess patchwar = PatchwarProcess.withClassPath(classPath, arguments)) {
                assertThat(patchwar.awaitEnd())
                        .as(String.join(" ", arguments) + ": " + patchwar.said())
                        .isZero();
            }
        }
    }
}
