package io.patchwar.ingest.pipeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a source was heard.
 *
 * @param source of the events themselves: the origin's, or what an envelope named
 * @param ordered as its origin says
 * @param newest the newest stamp among what was heard, null if none was read
 * @param at when it was heard
 */
public record Heard(
        String cluster,
        String source,
        boolean ordered,
        @Nullable Instant newest,
        Instant at) {}
