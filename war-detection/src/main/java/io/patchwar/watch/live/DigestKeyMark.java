package io.patchwar.watch.live;

import io.patchwar.model.state.StateWriter;

/** Under which key the values in a memory were digested. Stateless. */
final class DigestKeyMark {
    private DigestKeyMark() {}

    /** Marks a memory that is not marked yet, and refuses one that is marked otherwise. */
    static void check(ObjectMemory memory, long fingerprint) {
        byte[] known = memory.get(MemoryKey.DIGEST_KEY);
        if (known == null) {
            StateWriter out = new StateWriter();
            out.digest(fingerprint);
            memory.put(MemoryKey.DIGEST_KEY, Sealed.seal(out));
        } else if (Sealed.open(known).digest() != fingerprint) {
            throw new IllegalStateException(
                    "the state was written under another digest key, so no value in it would be known"
                            + " again: configure the key it was written under, or delete the state and let it be built anew");
        }
    }
}
