package io.patchwar.standalone.source;

/** Hears how far reading has come, now and then, on the thread that reads. */
@FunctionalInterface
public interface Progress {
    /** Nobody looks. */
    Progress NONE = (read, total) -> {};

    /** What {@code total} is when it is unknown. */
    long UNKNOWN = -1;

    /**
     * @param read bytes of the input, as they lie on disk, that were read so far
     * @param total bytes of the whole input, or {@link #UNKNOWN}
     */
    void heard(long read, long total);
}
