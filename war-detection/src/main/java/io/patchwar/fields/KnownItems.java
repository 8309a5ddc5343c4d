package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about items of lists, as numbers: of a list that changes most items stay as they are. A newer item takes the
 * place of an older one, so that this stays small whatever is read. One thread.
 */
final class KnownItems {
    /** No place. */
    static final int NONE = -1;

    private static final int PLACES = 1 << 11;

    private final long[] hashes = new long[PLACES];
    private final @Nullable Node[] nodes = new @Nullable Node[PLACES];
    private final long[] digests = new long[PLACES];
    private final long[] orderless = new long[PLACES];
    private final int[] characters = new int[PLACES];

    /**
     * Where an item is known, good until another one is added.
     *
     * @param hash of the bytes that it is written in; nobody can make others that share it
     * @param list what the schema says of the list
     * @return {@link #NONE} if it is not
     */
    @SuppressWarnings("ReferenceEquality") // There is one node for each place in the schema; another only costs.
    int find(long hash, Node list) {
        int place = place(hash);
        return hashes[place] == hash && nodes[place] == list ? place : NONE;
    }

    /** Notes an item; returns where it is known now. */
    int add(long hash, Node list, long digest, long itsOrderless, int itsCharacters) {
        int place = place(hash);
        hashes[place] = hash;
        nodes[place] = list;
        digests[place] = digest;
        orderless[place] = itsOrderless;
        characters[place] = itsCharacters;
        return place;
    }

    /** Of its canonical text. */
    long digest(int place) {
        return digests[place];
    }

    /** The same whatever the order of lists in it. */
    long orderless(int place) {
        return orderless[place];
    }

    /** Of its canonical text. */
    int characters(int place) {
        return characters[place];
    }

    private static int place(long hash) {
        return (int) (hash >>> 40) & (PLACES - 1);
    }
}
