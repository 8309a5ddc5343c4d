package io.patchwar.processor.topology;

/** Brings to a store what is not in it yet. */
interface StateBeforeCommit {
    /** Whether something was sent on since the last time that must be safe before the state that says so. */
    boolean sent();

    /** Writes to the store what it does not hold; after that the position that was reached may be committed. */
    void write();
}
