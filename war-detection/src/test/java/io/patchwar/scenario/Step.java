package io.patchwar.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens, once or again and again.
 *
 * @param at the first time, from the start of the scenario or of the group it stands in
 * @param every the distance from one time to the next
 * @param times how often, at least once
 */
record Step(Duration at, Duration every, int times, Deed deed) {

    sealed interface Deed {}

    /** Steps that repeat together. */
    record Group(List<Step> steps) implements Deed {}

    /** Something the cluster does without a request: {@code snapshot} or {@code restore} of etcd. */
    record Etcd(String what) implements Deed {}

    /**
     * One request.
     *
     * @param by the actor's name in the scenario
     * @param how the verb or write style; null where the variant decides
     * @param via {@code status} or {@code scale}; empty for the object itself
     * @param set address → value, possibly with templates
     * @param body what is sent as it stands, or the rendered object of a PUT, create or apply; null where {@code set} and
     *     {@code remove} say what changes
     * @param whole a merge patch that carries the whole object
     * @param own made from what this actor saw last, not from the latest
     * @param unlocked without the version it was made from
     * @param answers the code that is expected; 0 for any of success
     */
    record Write(
            String by,
            Target on,
            @Nullable String how,
            String via,
            boolean force,
            Map<String, JsonNode> set,
            List<String> remove,
            @Nullable JsonNode body,
            boolean whole,
            boolean own,
            boolean unlocked,
            boolean dryRun,
            String version,
            @Nullable String manager,
            String fate,
            int answers)
            implements Deed {}
}
