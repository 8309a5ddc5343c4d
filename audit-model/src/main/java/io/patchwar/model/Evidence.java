package io.patchwar.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One write that shows the war; its audit ID finds it in the log.
 *
 * @param resourceVersion null where the event carried none
 * @param field the contested field it changed, null where the class knows none
 * @param from value before; null for absent
 * @param to value after; null for absent
 */
public record Evidence(
        String auditID,
        @Nullable String resourceVersion,
        Instant time,
        String account,
        String program,
        String instance,
        String verb,
        @Nullable String field,
        @Nullable String from,
        @Nullable String to) {}
