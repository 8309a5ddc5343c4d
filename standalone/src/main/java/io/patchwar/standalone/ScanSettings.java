package io.patchwar.standalone;

import io.patchwar.pressure.EtcdSpace;
import io.patchwar.settings.Amounts;
import io.patchwar.settings.YamlProblems;
import io.patchwar.watch.config.PressureSettings;
import io.patchwar.watch.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a scan as the command line gives them, each null where it does not.
 *
 * @param config file of settings; what else is given here goes before what it says
 * @param cluster the cluster's name
 * @param redact shows digests in place of all values
 * @param etcdQuota etcd's quota, such as {@code 2GiB}
 * @param etcdSize how much of it is in use
 */
record ScanSettings(
        @Nullable Path config,
        @Nullable String cluster,
        boolean redact,
        @Nullable String etcdQuota,
        @Nullable String etcdSize) {

    /** What holds. Reads the file. */
    Settings settings() throws UsageException {
        Settings settings = config == null ? Settings.defaults() : configured(config);
        if (cluster != null) {
            if (cluster.isBlank()) {
                throw new UsageException("--cluster: the name is empty");
            }
            settings = settings.withCluster(cluster);
        }
        settings = settings.withPressure(settings.watch().pressure().withEtcd(etcd(settings)));
        return redact ? settings.redacted() : settings;
    }

    private static Settings configured(Path file) throws UsageException {
        try (InputStream in = Files.newInputStream(file)) {
            return Settings.read(in);
        } catch (YamlProblems e) {
            String problems = String.join("\n  ", e.problems());
            throw new UsageException(
                    "--config " + file + " cannot be used:\n  " + problems
                            + "\ndocs/patchwar.example.yaml shows every key",
                    e);
        } catch (NoSuchFileException e) {
            throw new UsageException("--config: there is no file " + file, e);
        } catch (IOException e) {
            throw new UsageException("--config: cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** What is configured, unless an option says otherwise. */
    private @Nullable EtcdSpace etcd(Settings settings) throws UsageException {
        EtcdSpace configured = settings.watch().pressure().etcd();
        if (etcdQuota == null && etcdSize == null) {
            return configured;
        }
        Long quota = etcdQuota == null
                ? configured == null ? null : (Long) configured.quotaBytes()
                : size("--etcd-quota", etcdQuota, PressureSettings.LEAST_QUOTA);
        if (quota == null) {
            throw new UsageException("--etcd-size says nothing without --etcd-quota, or pressure.quota");
        }
        Long inUse = etcdSize == null ? null : size("--etcd-size", etcdSize, 0);
        return new EtcdSpace(quota, inUse == null && configured != null ? configured.inUseBytes() : inUse, null);
    }

    private static Long size(String option, String text, long least) throws UsageException {
        Long bytes = Amounts.bytes(text);
        if (bytes == null || bytes < least || bytes > PressureSettings.MOST_QUOTA) {
            throw new UsageException(option + ": \"" + text + "\" is no size from " + Amounts.text(least) + " to "
                    + Amounts.text(PressureSettings.MOST_QUOTA) + "; give 500MiB, 2GiB");
        }
        return bytes;
    }
}
