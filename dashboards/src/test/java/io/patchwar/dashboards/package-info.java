/** Holds the shipped dashboards, rules and routes to what they promise. */
@NullMarked
package io.patchwar.dashboards;

import org.jspecify.annotations.NullMarked;
