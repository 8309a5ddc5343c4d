package io.patchwar.fields;

import io.patchwar.fields.Canonical.Disclosure;
import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldValue;
import org.jspecify.annotations.Nullable;

/**
 * Values that come again, made once: what a write replaces is what a write before it had put there, and wars are fought with a few
 * values over and over. A newer value takes the place of an older one, so that this stays small whatever is read. One thread.
 */
final class Values {
    private static final int PLACES = 1 << 11;

    private final long[] hashes = new long[PLACES];
    private final @Nullable Node[] nodes = new @Nullable Node[PLACES];
    private final @Nullable Disclosure[] disclosures = new @Nullable Disclosure[PLACES];
    private final @Nullable FieldValue[] values = new @Nullable FieldValue[PLACES];

    /**
     * The value, if it is known.
     *
     * @param hash of the bytes that it was written in; nobody can make others that share it
     */
    @SuppressWarnings("ReferenceEquality") // There is one node for each place in the schema; another only costs.
    @Nullable
    FieldValue find(long hash, Node node, Disclosure disclosure) {
        int place = place(hash);
        return hashes[place] == hash && nodes[place] == node && disclosures[place] == disclosure ? values[place] : null;
    }

    void add(long hash, Node node, Disclosure disclosure, FieldValue value) {
        int place = place(hash);
        hashes[place] = hash;
        nodes[place] = node;
        disclosures[place] = disclosure;
        values[place] = value;
    }

    private static int place(long hash) {
        return (int) (hash >>> 40) & (PLACES - 1);
    }
}
