package io.patchwar.processor.board;

import io.patchwar.model.Lifecycle;
import io.patchwar.model.War;
import org.jspecify.annotations.Nullable;

/**
 * A war or finding as it stands on the board.
 *
 * @param war with its final severity, as judged over its whole cluster
 * @param lifecycle what happened to it last
 * @param heard whether its cluster is heard; of one that is not, nobody knows whether its wars go on
 * @param pressure what it costs its cluster, in one safe sentence; null where nobody can tell
 */
public record Standing(
        War war,
        Lifecycle lifecycle,
        boolean heard,
        @Nullable String pressure) {}
