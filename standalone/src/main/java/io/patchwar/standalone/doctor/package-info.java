/** Says what can be seen in audit logs and what cannot, and what to change: one probe for each kind of defect. */
@NullMarked
package io.patchwar.standalone.doctor;

import org.jspecify.annotations.NullMarked;
