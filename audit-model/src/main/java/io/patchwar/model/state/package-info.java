/**
 * State as compact bytes, for what must outlive a process: numbers in as few bytes as they need, texts and shared values
 * once. Each type writes and reads itself; bytes that are damaged are refused.
 */
@NullMarked
package io.patchwar.model.state;

import org.jspecify.annotations.NullMarked;
