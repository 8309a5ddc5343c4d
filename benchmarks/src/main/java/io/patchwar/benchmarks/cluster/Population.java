package io.patchwar.benchmarks.cluster;

/** Objects of one kind and those who write or read them. */
interface Population {
    /** Lets one request happen now, and writes its audit event (without the line end). */
    void act(Moment now, Line line);
}
