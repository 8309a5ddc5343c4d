package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher puts on the class path of a quick command is enough for all of them, help of the services included. */
class ScanClassPathIT {
    @TempDir
    private Path directory;

    private static final Pattern WITH_SERVICES =
            Pattern.compile("(?m)^  ([a-z |-]+)\\)\n +jvm_flags=\\$service_flags\n +add_services");
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
            {"doctor", CommandLineRun.recording("peace")},
            {"explain"}
        }) {
            try (PatchwarProcess patchwar = PatchwarProcess.withClassPath(classPath, arguments)) {
                assertThat(patchwar.awaitEnd())
                        .as(String.join(" ", arguments) + ": " + patchwar.said())
                        .isZero();
            }
        }
    }

    /** Replay gets as far as it can without anybody to play to. */
    @Test
    void everyOtherCommandIsGivenTheServicesJarsByTheLauncher() throws Exception {
        Matcher services = WITH_SERVICES.matcher(Files.readString(Path.of("..", "patchwar")));
        assertThat(services.find()).isTrue();
        List<String> given = List.of(services.group(1).split(" \\| "));
        String quick = quickClassPath();
        Path authority = Files.writeString(directory.resolve("ca.crt"), "no certificate");
        for (String[] arguments : new String[][] {
            {"setup", "--cluster", "prod", "--out", directory.resolve("setup").toString()},
            {
                "replay",
                "--to",
                "https://127.0.0.1:9/audit/demo",
                "--ca",
                authority.toString(),
                CommandLineRun.recording("metallb-chisel")
            }
        }) {
            String classPath = given.contains(arguments[0]) ? System.getProperty("java.class.path") : quick;
            try (PatchwarProcess patchwar = PatchwarProcess.withClassPath(classPath, arguments)) {
                patchwar.awaitEnd();
                assertThat(patchwar.said()).as(arguments[0]).doesNotContain("NoClassDefFoundError");
            }
        }
    }
}
