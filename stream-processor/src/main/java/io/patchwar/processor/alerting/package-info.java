/**
 * Tells Alertmanager. What is told is a pure function of the board and the time ({@link
 * io.patchwar.processor.alerting.Lineup}), so that every instance, before and after a restart, sends the very same alerts;
 * around it stand what remembers when to say it again ({@link io.patchwar.processor.alerting.AlertBook}) and what carries it
 * to each Alertmanager ({@link io.patchwar.processor.alerting.Courier}).
 */
@NullMarked
package io.patchwar.processor.alerting;

import org.jspecify.annotations.NullMarked;
