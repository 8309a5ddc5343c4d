/** The HTTP front of a service: bounded, with health and metrics. */
@NullMarked
package io.patchwar.service.http;

import org.jspecify.annotations.NullMarked;
