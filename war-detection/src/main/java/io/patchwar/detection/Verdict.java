package io.patchwar.detection;

import io.patchwar.model.War;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A war or finding that a write, or the passing of time, opened or changed.
 *
 * @param war as it stands now; its severity is for whoever knows the cluster to judge
 * @param withdrawn a finding whose object turned out to be at war
 * @param lately how much its class counted in the last ten minutes
 * @param lastGap between the last two of what is counted, null below two
 */
public record Verdict(War war, boolean withdrawn, int lately, @Nullable Duration lastGap) {}
