/** A door for logs on disk: follows files through every kind of rotation, and remembers how far each was made durable. */
@NullMarked
package io.patchwar.ingest.files;

import org.jspecify.annotations.NullMarked;
