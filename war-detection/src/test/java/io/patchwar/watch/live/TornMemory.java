package io.patchwar.watch.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A memory that loses some of its latest changes when it crashes, the later ones first. */
final class TornMemory implements ObjectMemory {
    private final HeapMemory kept = new HeapMemory();
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /** All that was changed so far is safe. */
    void flush() {
        undo.clear();
    }

    void crash(Random random) {
        for (int lost = random.nextInt(undo.size() + 1); lost > 0; lost--) {
            undo.pop().run();
        }
        undo.clear();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return kept.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        undo.push(back(key));
        kept.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        undo.push(back(key));
        kept.delete(key);
    }

    private Runnable back(byte[] key) {
        byte[] before = kept.get(key);
        return before == null ? () -> kept.delete(key) : () -> kept.put(key, before);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        kept.scan(from, to, visitor);
    }
}
