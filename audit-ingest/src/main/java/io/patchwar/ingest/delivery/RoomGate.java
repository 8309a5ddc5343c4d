package io.patchwar.ingest.delivery;

import io.patchwar.ingest.pipeline.Heard;
import io.patchwar.ingest.pipeline.NotDurableException;
import io.patchwar.ingest.pipeline.NotDurableException.Reason;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.ingest.pipeline.Outlet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Lets nothing in while there is no room for it: where broker and spool share a small disk, filling it would end both. Senders
 * are told to come again. Thread-safe.
 */
public final class RoomGate implements Outlet {
    private final Outlet behind;
    private volatile BooleanSupplier room = () -> true;

    public RoomGate(Outlet behind) {
        this.behind = behind;
    }

    /** From now on lets in only while there is room. */
    public void openWhile(BooleanSupplier hasRoom) {
        room = hasRoom;
    }

    @Override
    public CompletableFuture<Void> deliver(List<OutRecord> records, boolean maySpool) {
        return room.getAsBoolean()
                ? behind.deliver(records, maySpool)
                : CompletableFuture.failedFuture(
                        new NotDurableException(Reason.NO_ROOM, "the disk has too little room for more"));
    }

    @Override
    public void reading(Origin origin) {
        behind.reading(origin);
    }

    @Override
    public void durable(Origin origin, List<Heard> heard, int records) {
        behind.durable(origin, heard, records);
    }

    @Override
    public void refused(Origin origin) {
        behind.refused(origin);
    }

    @Override
    public void heard(Heard heard) {
        behind.heard(heard);
    }
}
