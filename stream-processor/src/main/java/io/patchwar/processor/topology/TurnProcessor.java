package io.patchwar.processor.topology;

import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A processor that begins anew whenever Streams initialises it. Streams makes one object for a task and keeps it: for as long as
 * the state is restored, or is a standby's copy, before the first {@code init}; over revocation, corruption and revival, with
 * another {@code init} after each. Whatever was known from before would be of a time in which others may have had the partition.
 */
final class TurnProcessor<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {
    private final Function<ProcessorContext<KOut, VOut>, Turn<KIn, VIn>> begin;
    private @Nullable Turn<KIn, VIn> turn;

    /**
     * @param begin made anew for each {@code init}
     */
    TurnProcessor(Function<ProcessorContext<KOut, VOut>, Turn<KIn, VIn>> begin) {
        this.begin = begin;
    }

    @Override
    public void init(ProcessorContext<KOut, VOut> context) {
        turn = begin.apply(context);
    }

    @Override
    public void process(Record<KIn, VIn> record) {
        if (turn == null) {
            throw new IllegalStateException("not begun");
        }
        turn.process(record);
    }

    @Override
    public void close() {
        Turn<KIn, VIn> over = turn;
        turn = null;
        if (over != null) {
            over.close();
        }
    }
}
