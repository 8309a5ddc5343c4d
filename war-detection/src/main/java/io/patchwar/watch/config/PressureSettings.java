package io.patchwar.watch.config;

import io.patchwar.pressure.EtcdSpace;
import io.patchwar.pressure.PressureConfig;
import io.patchwar.settings.YamlSection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator knows of a cluster's etcd, from YAML: {@code quota}, {@code inUse}, {@code compaction} and
 * {@code watchers}. The same for every program that reads it. Stateless.
 */
public final class PressureSettings {
    /** Smallest and largest quota that is no slip of the hand. */
    public static final long LEAST_QUOTA = 1L << 20;

    public static final long MOST_QUOTA = 1L << 40;

    private static final int MOST_WATCHERS = 10_000_000;

    private PressureSettings() {}

    /** The section's word over {@code otherwise}; what is wrong is noted in the section. */
    public static PressureConfig read(YamlSection section, PressureConfig otherwise) {
        Duration compaction =
                section.duration("compaction", otherwise.compaction(), Duration.ofSeconds(1), Duration.ofDays(1));
        return new PressureConfig(space(section, otherwise.etcd()), compaction, watchers(section, otherwise));
    }

    private static @Nullable EtcdSpace space(YamlSection section, @Nullable EtcdSpace otherwise) {
        boolean quotaGiven = section.has("quota");
        boolean inUseGiven = section.has("inUse");
        long quota = section.bytes("quota", LEAST_QUOTA, LEAST_QUOTA, MOST_QUOTA);
        long inUse = section.bytes("inUse", 0, 0, MOST_QUOTA);
        if (!quotaGiven) {
            if (inUseGiven) {
                section.problem("inUse", "says nothing without a quota");
            }
            return otherwise;
        }
        return new EtcdSpace(quota, inUseGiven ? inUse : null, null);
    }

    private static Map<String, Integer> watchers(YamlSection section, PressureConfig otherwise) {
        Map<String, String> texts = section.map("watchers");
        if (texts.isEmpty()) {
            return otherwise.watchers();
        }
        Map<String, Integer> watchers = new HashMap<>();
        texts.forEach((resource, text) -> {
            int count = count(text);
            if (count < 0) {
                section.problem("watchers." + resource, "must be a whole number from 0 to " + MOST_WATCHERS);
            } else {
                watchers.put(resource, count);
            }
        });
        return watchers;
    }

    private static int count(String text) {
        return text.matches("\\d{1,8}") && Integer.parseInt(text) <= MOST_WATCHERS ? Integer.parseInt(text) : -1;
    }
}
