package io.patchwar.ingest.delivery;

import java.time.Duration;

/**
 * How patient the producer is.
 *
 * @param patience how long an acknowledgement may take until the spool is used instead
 * @param deliveryTimeout how long the producer itself tries
 * @param linger how long it waits for more to send with it
 * @param bufferBytes what it may hold
 */
public record SenderConfig(Duration patience, Duration deliveryTimeout, Duration linger, long bufferBytes) {
    public static final SenderConfig DEFAULT =
            new SenderConfig(Duration.ofMillis(250), Duration.ofSeconds(60), Duration.ofMillis(5), 32 << 20);
}
