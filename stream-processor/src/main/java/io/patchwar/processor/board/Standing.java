package io.patchwar.processor.board;

import io.patchwar.model.Lifecycle;
import io.patchwar.model.War;
import io.patchwar.pressure.Pressure;
import org.jspecify.annotations.Nullable;

/**
 * A war or finding as it stands on the board.
 *
 * @param war with its final severity, as judged over its whole cluster; of an ended one what was last written of it
 * @param lifecycle what happened to it last
 * @param heard whether its cluster is heard; of one that is not, nobody knows whether its wars go on
 * @param pressure what it costs its cluster; null where nobody can tell, and when it is over
 */
public record Standing(
        War war,
        Lifecycle lifecycle,
        boolean heard,
        @Nullable Pressure pressure) {}
