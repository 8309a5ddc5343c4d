/** {@code patchwar demo}: a recorded war, told anew as if it happened now. Sees the services only over HTTP, as an API server and a reader do. */
@NullMarked
package io.patchwar.standalone.demo;

import org.jspecify.annotations.NullMarked;
