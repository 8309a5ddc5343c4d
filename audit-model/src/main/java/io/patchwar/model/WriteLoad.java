package io.patchwar.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How hard the contenders of a war, or of a finding, wrote to its object of late: what severity and pressure are judged from.
 *
 * @param since when this began to be counted: when the war opened
 * @param counted what its class counts: reversals, rounds, writes, rejections
 * @param stored writes that etcd stored, each as a revision of the whole object
 * @param storedBytes the JSON of those objects, as the API server replied; 0 where no reply told it
 * @param noOps accepted writes that changed nothing
 * @param rejected refused writes
 * @param lastGap between the last two of what is counted; null below two
 */
public record WriteLoad(
        Instant since,
        Minutes counted,
        Minutes stored,
        Minutes storedBytes,
        Minutes noOps,
        Minutes rejected,
        @Nullable Duration lastGap) {}
