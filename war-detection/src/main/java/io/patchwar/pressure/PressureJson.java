package io.patchwar.pressure;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Pressure as JSON, member by member as {@code docs/json.md} has it: always there, null where nothing is known. Stateless. */
public final class PressureJson {
    private PressureJson() {}

    /** Writes it as one object; null as null. */
    public static void write(@Nullable Pressure pressure, JsonGenerator json) throws IOException {
        if (pressure == null) {
            json.writeNull();
            return;
        }
        boolean sized = pressure.objectBytes() > 0;
        json.writeStartObject();
        json.writeNumberField("writesPerSecond", rounded(pressure.writesPerSecond()));
        json.writeNumberField("noOpsPerSecond", rounded(pressure.noOpsPerSecond()));
        json.writeNumberField("rejectedPerSecond", rounded(pressure.rejectedPerSecond()));
        whole("objectBytes", sized ? pressure.objectBytes() : null, json);
        whole("revisionBytes", sized ? pressure.revisionBytes() : null, json);
        whole("growthBytesPerSecond", sized ? pressure.growthPerSecond() : null, json);
        whole("plateauBytes", sized ? pressure.plateauBytes() : null, json);
        number("writeShare", pressure.writeShare(), json);
        Long quota = pressure.quotaBytes();
        whole("quotaBytes", quota == null ? null : quota.doubleValue(), json);
        number("quotaShare", sized ? pressure.quotaShare() : null, json);
        Duration time = pressure.timeToQuota();
        whole("timeToQuotaSeconds", time == null ? null : (Double) (time.toMillis() / 1000.0), json);
        number("watchEventsPerSecond", pressure.watchEventsPerSecond(), json);
        whole("watchBytesPerSecond", pressure.watchBytesPerSecond(), json);
        json.writeStringField("summary", pressure.sentence());
        json.writeEndObject();
    }

    private static void whole(String name, @Nullable Double value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, Math.round(value));
        }
    }

    private static void number(String name, @Nullable Double value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, rounded(value));
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
