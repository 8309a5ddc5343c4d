package io.patchwar.ingest.webhook;

import java.time.Duration;

/**
 * What one webhook takes at most.
 *
 * @param body bytes of a body, unpacked
 * @param buffered bytes of all bodies that are being read or wait to be durable
 * @param connections at one time
 * @param headers bytes of a request's head
 * @param headersWithin how long a request's head may take to come in
 * @param bodyWithin how long a body may take
 * @param answerWithin how long it may take until a body is durable, before the sender is asked to come again
 */
public record WebhookLimits(
        long body,
        long buffered,
        int connections,
        int headers,
        Duration headersWithin,
        Duration bodyWithin,
        Duration answerWithin) {
    /** For a heap of 512 MiB. */
    public static final WebhookLimits DEFAULT = new WebhookLimits(
            64 << 20, 160 << 20, 512, 16 << 10, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(20));
}
