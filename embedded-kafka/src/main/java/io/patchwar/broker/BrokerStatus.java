package io.patchwar.broker;

/**
 * How the broker is.
 *
 * @param up whether it answered when it was last started, and has not ended since
 * @param roomy whether its disk has as much room as it should
 * @param detail the cause and what to do where one is false; else where it listens
 */
public record BrokerStatus(boolean up, boolean roomy, String detail) {
    /** Whether more may be written. */
    public boolean ok() {
        return up && roomy;
    }
}
