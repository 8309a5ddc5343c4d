package io.patchwar.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchwar.scenario.cluster.Admission;
import io.patchwar.scenario.cluster.AuditLevel;
import io.patchwar.scenario.cluster.Caller;
import io.patchwar.scenario.cluster.WriteStyle;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A story about a cluster and the verdict it deserves.
 *
 * @param id the file's name without its ending
 * @param says what happens, and where the definition has to be read closely, how it was read
 * @param source where the story comes from
 * @param variants the styles into which writes that name none are put; empty where all name one
 * @param verdicts per audit level at which it is played
 */
public record Scenario(
        String id,
        String name,
        String says,
        String source,
        List<Present> objects,
        Map<String, Caller> actors,
        List<Admission.Rule> cluster,
        List<Step> steps,
        List<WriteStyle> variants,
        Map<AuditLevel, Verdict> verdicts) {

    /**
     * An object that is there at the start.
     *
     * @param by the actor whose create the log shows; null where the object is older than the log
     */
    public record Present(
            Target on, JsonNode body, @Nullable String by) {}

    /** One way to play a scenario. */
    public record Run(Scenario scenario, @Nullable WriteStyle variant, AuditLevel level, Verdict verdict) {

        /** A sentence, for the list of tests. */
        public String title() {
            return scenario.name()
                    + (variant == null ? "" : ", written as " + variant.text())
                    + (level == AuditLevel.REQUEST_RESPONSE ? "" : ", at level " + level.text());
        }
    }

    /** Every variant at every level. */
    public List<Run> runs() {
        return verdicts.entrySet().stream()
                .flatMap(each -> variants.isEmpty()
                        ? Stream.of(new Run(this, null, each.getKey(), each.getValue()))
                        : variants.stream().map(variant -> new Run(this, variant, each.getKey(), each.getValue())))
                .toList();
    }
}
