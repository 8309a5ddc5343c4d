/**
 * What a scan found, told: to a person at a terminal, as JSON for programs, as Markdown for a ticket. All three say the same
 * of the same {@link io.patchwar.standalone.report.ScanReport}.
 */
@NullMarked
package io.patchwar.standalone.report;

import org.jspecify.annotations.NullMarked;
