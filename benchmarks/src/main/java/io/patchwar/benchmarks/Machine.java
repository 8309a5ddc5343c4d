package io.patchwar.benchmarks;

import com.fasterxml.jackson.core.json.PackageVersion;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/** What the numbers were measured on. */
public final class Machine {
    private Machine() {}

    public static String description() throws IOException, SQLException {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, load %.1f at the end; %s %s; Java %s; DuckDB %s; Jackson %s%n",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"),
                duckDb(),
                PackageVersion.VERSION);
    }

    private static String duckDb() throws SQLException {
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
