/** Audit events as the API server writes them ({@code audit.k8s.io/v1}), read head first. */
@NullMarked
package io.patchwar.model.audit;

import org.jspecify.annotations.NullMarked;
