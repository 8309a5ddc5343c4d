/** What a side of a TLS connection shows and whom it trusts, out of PEM files. */
@NullMarked
package io.patchwar.service.tls;

import org.jspecify.annotations.NullMarked;
