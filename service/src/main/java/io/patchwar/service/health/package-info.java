/** Whether a part of a service works, as a value. */
@NullMarked
package io.patchwar.service.health;

import org.jspecify.annotations.NullMarked;
