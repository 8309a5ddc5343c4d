package io.patchwar.ingest.delivery;

import java.time.Duration;

/**
 * When sources are said to be heard.
 *
 * @param every how often that is said
 * @param heardFor how long after the last sign of a source it is
 */
public record HeartbeatConfig(Duration every, Duration heardFor) {
    public static final HeartbeatConfig DEFAULT = new HeartbeatConfig(Duration.ofSeconds(10), Duration.ofMinutes(2));
}
