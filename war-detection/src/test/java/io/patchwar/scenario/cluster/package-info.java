/**
 * A small API server: objects in, writes in, audit events out. It keeps the rules that decide what an audit log shows
 * (which part of an object a subresource may change, what a patch of each kind does, who owns an applied field, what a
 * delete answers) and nothing else. Everything is deterministic: versions come from one counter, ids and latencies from
 * the seed, time from the caller. Its events are held against recorded ones in {@code RecordedShapesTest}.
 */
@NullMarked
package io.patchwar.scenario.cluster;

import org.jspecify.annotations.NullMarked;
