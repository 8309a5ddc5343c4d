package io.patchwar.processor.topology;

import org.apache.kafka.streams.processor.api.Record;

/**
 * What a processor knows and does between one {@code init} and the {@code close} that follows: made for a context that is ready,
 * never used again. On its stream thread.
 */
interface Turn<K, V> {
    void process(Record<K, V> record);

    /** Nothing is asked of it any more: whatever it had Streams call is called off. */
    void close();
}
