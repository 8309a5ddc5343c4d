package io.patchwar.watch.config;

import io.patchwar.model.audit.Scope;
import io.patchwar.pressure.PressureConfig;
import io.patchwar.settings.YamlProblems;
import io.patchwar.settings.YamlSection;
import io.patchwar.watch.WatchConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * All that an operator can set. {@code docs/patchwar.example.yaml} shows every key with its default.
 *
 * @param cluster name of the cluster that events without one belong to
 * @param scope which resources matter
 * @param watch how to watch, with what is a war and what to ignore
 */
public record Settings(String cluster, Scope scope, WatchConfig watch) {
    /** The name of a cluster that nobody named. */
    public static final String DEFAULT_CLUSTER = "default";

    /** What holds if nobody says otherwise. */
    public static Settings defaults() {
        return new Settings(DEFAULT_CLUSTER, Scope.DEFAULT, WatchConfig.shipped());
    }

    /**
     * The defaults, changed as the YAML file has it.
     *
     * @throws YamlProblems everything that is wrong with the file, each with its path
     */
    public static Settings read(InputStream yaml) throws IOException, YamlProblems {
        return SettingsReader.read(yaml);
    }

    /** The same, from a section of a larger document; problems are noted there. */
    public static Settings read(YamlSection section, Settings otherwise) {
        return SettingsReader.read(section, otherwise);
    }

    public Settings withCluster(String name) {
        return new Settings(name, scope, watch);
    }

    public Settings redacted() {
        return new Settings(cluster, scope, watch.redacted());
    }

    public Settings withPressure(PressureConfig pressure) {
        return new Settings(cluster, scope, watch.withPressure(pressure));
    }

    /** Every key with its value as it holds, spelled as in the file, in the file's order. */
    public Map<String, String> effective() {
        return EffectiveSettings.of(this);
    }
}
