/** What a service counts, for Prometheus. */
@NullMarked
package io.patchwar.service.metrics;

import org.jspecify.annotations.NullMarked;
