package io.patchwar.ingest.config;

import io.patchwar.ingest.files.FilesConfig;
import io.patchwar.ingest.files.FilesConfig.LogConfig;
import io.patchwar.ingest.files.FilesConfig.Start;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.settings.Amounts;
import io.patchwar.settings.YamlSection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code files} section. */
final class FilesSettings {
    private FilesSettings() {}

    /** Null if no logs are named. */
    static @Nullable FilesConfig read(YamlSection section, Path data) {
        Duration poll = section.duration("poll", FilesConfig.POLL, Duration.ofMillis(10), Duration.ofMinutes(1));
        int batch = (int) section.bytes("batch", FilesConfig.BATCH, 64 << 10, 64 << 20);
        int longest = (int) section.bytes("longestLine", FilesConfig.LONGEST_LINE, 64 << 10, 256 << 20);
        Path positions = section.has("positions")
                ? Path.of(section.text("positions", "positions.json"))
                : data.resolve("files").resolve("positions.json");
        List<LogConfig> logs = new ArrayList<>();
        Set<List<String>> sources = new HashSet<>();
        for (YamlSection log : section.sections("logs")) {
            String cluster = log.text("cluster", "");
            List<String> paths = log.texts("paths", List.of());
            String source = log.text("source", hostName());
            String start = log.text("start", "beginning");
            if (!Origin.isCluster(cluster)) {
                log.problem(
                        "cluster",
                        "must be letters, digits, dots, dashes and underscores; of which cluster is this log?");
            }
            if (paths.isEmpty()) {
                log.problem("paths", "is missing; the file that --audit-log-path names, or a pattern of several");
            }
            if (!start.equals("beginning") && !start.equals("end")) {
                log.problem("start", "must be beginning or end, not " + start);
            }
            if (!sources.add(List.of(cluster, source))) {
                log.problem(
                        "source", source + " is another log's of the same cluster, too; each needs a name of its own");
            }
            logs.add(new LogConfig(cluster, paths, source, start.equals("end") ? Start.END : Start.BEGINNING));
        }
        return logs.isEmpty() ? null : new FilesConfig(positions, logs, poll, batch, longest, FilesConfig.PATIENCE);
    }

    private static String hostName() {
        String named = System.getenv("HOSTNAME");
        if (named != null && !named.isBlank()) {
            return named;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    static void show(@Nullable FilesConfig files, Map<String, String> table) {
        if (files == null) {
            table.put("files.logs", "(none)");
            return;
        }
        table.put("files.positions", files.positions().toString());
        table.put("files.poll", Amounts.text(files.poll()));
        table.put("files.batch", Amounts.text((long) files.batch()));
        table.put("files.longestLine", Amounts.text((long) files.longestLine()));
        for (LogConfig log : files.logs()) {
            table.put(
                    "files.logs[" + log.cluster() + ", " + log.source() + "]",
                    String.join(", ", log.paths()) + " from the "
                            + log.start().name().toLowerCase(Locale.ROOT));
        }
    }
}
