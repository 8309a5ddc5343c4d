package io.patchwar.standalone.report;

import io.patchwar.model.Conflict;
import io.patchwar.model.War;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wars that are told together, because they have one cause.
 *
 * @param worst told in full
 * @param conflict they are part of, null for a war by itself
 * @param others named only
 */
record Front(War worst, @Nullable Conflict conflict, List<War> others) {}
