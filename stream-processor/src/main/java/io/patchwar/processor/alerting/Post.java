package io.patchwar.processor.alerting;

/** Carries one request to one instance. One thread at a time. */
interface Post extends AutoCloseable {
    /** Sends the JSON, and comes back with an answer or without one in bounded time. */
    PostResult send(byte[] json) throws InterruptedException;

    @Override
    void close();
}
