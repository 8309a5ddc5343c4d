package io.patchwar.model;

/**
 * What a list that is one value gained and lost in a change: sums of digests of the items that came and of those that went, 0 where
 * none did.
 */
public record ItemSums(long came, long gone) {}
