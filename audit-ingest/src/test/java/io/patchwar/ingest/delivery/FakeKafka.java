package io.patchwar.ingest.delivery;

import io.patchwar.ingest.pipeline.OutRecord;
import io.patchwar.model.wire.Heartbeat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Kafka as the test wants it: there, silent, or refusing. Thread-safe. */
final class FakeKafka implements Sender {
    enum Mood {
        THERE,
        SILENT,
        REFUSING
    }

    final List<String> received = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<Void>> unanswered = new ArrayList<>();
    volatile boolean ready = true;
    volatile Mood mood = Mood.THERE;

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public synchronized CompletableFuture<Void> send(List<OutRecord> records) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        switch (mood) {
            case THERE -> {
                records.forEach(r -> received.add(new String(r.value(), StandardCharsets.UTF_8)));
                future.complete(null);
            }
            case SILENT -> unanswered.add(future);
            case REFUSING -> future.completeExceptionally(new IOException("no leader"));
        }
        return future;
    }

    @Override
    public boolean send(Heartbeat heartbeat) {
        received.add("heard " + heartbeat.source() + " " + heartbeat.heardUpTo() + " " + heartbeat.ordered());
        return mood == Mood.THERE;
    }

    /** Answers what waits, as a broker does that was slow. */
    synchronized void answer() {
        mood = Mood.THERE;
        unanswered.forEach(future -> future.complete(null));
        unanswered.clear();
    }
}
