package io.patchwar.pressure;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.War;
import io.patchwar.model.WriteLoad;
import org.jspecify.annotations.Nullable;

/**
 * As much of a war or finding as its pressure depends on.
 *
 * @param id of the war
 */
public record Burden(String id, ObjectRef object, WriteLoad load) {

    /** That of the war; null where nobody counted what its contenders write. */
    public static @Nullable Burden of(War war) {
        WriteLoad load = war.load();
        return load == null ? null : new Burden(war.id(), war.object(), load);
    }
}
