package io.patchwar.standalone.setup;

/**
 * What an authority issued for one setup, as PEM.
 *
 * @param authority certificate of the authority that signed the others
 * @param authorityKey its key, with which more clusters can be set up
 * @param server what ingest shows
 * @param client what an API server shows
 */
record Issued(String authority, String authorityKey, Pair server, Pair client) {
    /** A certificate with its key. */
    record Pair(String certificate, String key) {
        @Override
        public String toString() {
            return "certificate with key";
        }
    }

    @Override
    public String toString() {
        return "certificates with keys";
    }
}
