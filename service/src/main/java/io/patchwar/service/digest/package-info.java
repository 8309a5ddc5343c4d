/** Keyed digests of what must not be shown. */
@NullMarked
package io.patchwar.service.digest;

import org.jspecify.annotations.NullMarked;
