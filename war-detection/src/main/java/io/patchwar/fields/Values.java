package io.patchwar.fields;

import io.patchwar.fields.Canonical.Disclosure;
import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldValue;
import java.util.function.Supplier;
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
     * The value, made if it is not known.
     *
     * @param hash of the bytes that it was written in; nobody can make others that share it
     */
    @SuppressWarnings("ReferenceEquality") // There is one node for each place in the schema; another only costs.
    FieldValue of(long hash, Node node, Disclosure disclosure, Supplier<FieldValue> made) {
        int place = (int) (hash >>> 40) & (PLACES - 1);
        FieldValue known = values[place];
        if (known != null && hashes[place] == hash && nodes[place] == node && disclosures[place] == disclosure) {
            return known;
        }
        FieldValue value = made.get();
        hashes[place] = hash;
        nodes[place] = node;
        disclosures[place] = disclosure;
        values[place] = value;
        return value;
    }
}
