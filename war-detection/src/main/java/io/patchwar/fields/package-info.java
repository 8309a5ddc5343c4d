/**
 * Reads the bodies of audit events: which paths an object has, what stands there, what one write changed and whose
 * change it was. Knows Kubernetes' conventions for lists and values; judges nothing.
 */
@NullMarked
package io.patchwar.fields;

import org.jspecify.annotations.NullMarked;
