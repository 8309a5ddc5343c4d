package io.patchwar.processor.config;

import io.patchwar.settings.Amounts;
import io.patchwar.settings.YamlSection;
import java.time.Duration;
import java.util.Map;

/**
 * The {@code deadLetters} section: what becomes of records that cannot be read.
 *
 * @param keepBytes whether the dead letter holds the record itself; it may hold secrets
 * @param budget so many are put up with in {@code interval}; one more stops the instance
 * @param interval over which they are counted
 */
public record DeadLetterSettings(boolean keepBytes, int budget, Duration interval) {
    public static final DeadLetterSettings DEFAULT = new DeadLetterSettings(false, 1_000, Duration.ofMinutes(1));

    static DeadLetterSettings read(YamlSection file) {
        YamlSection dead = file.section("deadLetters");
        return new DeadLetterSettings(
                dead.flag("keepBytes", DEFAULT.keepBytes),
                dead.count("budget", DEFAULT.budget, 0, 100_000_000),
                dead.duration("interval", DEFAULT.interval, Duration.ofSeconds(1), Duration.ofDays(1)));
    }

    void show(Map<String, String> table) {
        table.put("deadLetters.keepBytes", String.valueOf(keepBytes));
        table.put("deadLetters.budget", String.valueOf(budget));
        table.put("deadLetters.interval", Amounts.text(interval));
    }
}
