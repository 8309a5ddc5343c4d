/**
 * The golden scenarios: what is written to a cluster, told in YAML, and the verdict that {@code docs} and the definition
 * give. {@link io.patchwar.scenario.ScenarioPlay} turns a scenario into an audit log with the API server of the
 * {@code cluster} package; {@link io.patchwar.scenario.DetectionContract} holds any {@link io.patchwar.scenario.Engine}
 * to the verdicts. {@code src/test/resources/scenarios/README.md} explains the files.
 */
@NullMarked
package io.patchwar.scenario;

import org.jspecify.annotations.NullMarked;
