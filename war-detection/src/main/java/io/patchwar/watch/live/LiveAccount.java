package io.patchwar.watch.live;

/**
 * What a watch did and holds. Taken in + held when it began = judged + held + duplicates + replayed; every other counter is of
 * a part of those. A deletion of a collection counts once for each object.
 *
 * @param taken events taken in, counted from the watch's start as all counters here are
 * @param judged put in order and judged, late ones among them
 * @param duplicates seen before
 * @param replayed met a state that had seen them already: read again after a restart
 * @param late older than what was judged already: no verdict changed
 * @param judgedEarly before their time, for want of room to hold them
 * @param heldEvents waiting now
 * @param heldBytes that these take, roughly
 * @param objects tracked now
 * @param bytes of the memory that these take
 * @param hotObjects of these, decoded on the heap
 * @param hotBytes that those take, roughly
 * @param evicted objects forgotten for want of room
 * @param expired objects forgotten because they were silent for a window
 * @param oversized objects that lost their baseline because they do not fit into a value
 * @param forgotten histories and disputes of objects that had too many
 * @param activeWars wars and findings that are fought now
 */
public record LiveAccount(
        long taken,
        long judged,
        long duplicates,
        long replayed,
        long late,
        long judgedEarly,
        long heldEvents,
        long heldBytes,
        long objects,
        long bytes,
        long hotObjects,
        long hotBytes,
        long evicted,
        long expired,
        long oversized,
        long forgotten,
        long activeWars) {}
