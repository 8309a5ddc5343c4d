package io.patchwar.processor.topology;

import java.util.concurrent.CompletableFuture;

/** Knows what was told before a partition was taken up. */
@FunctionalInterface
interface ToldSource {
    /** Where nothing comes again, or nobody minds. */
    ToldSource NONE = partition -> CompletableFuture.completedFuture(Told.NOTHING);

    /**
     * Begins to look, as of now: whoever had that partition of {@code audit-events} before must write no more.
     *
     * @return ends by itself before long; if exceptionally, nothing is known
     */
    CompletableFuture<Told> of(int partition);
}
