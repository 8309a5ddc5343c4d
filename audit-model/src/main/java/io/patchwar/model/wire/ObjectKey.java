package io.patchwar.model.wire;

import io.patchwar.model.ObjectRef;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka key of an object: {@code cluster/group/resource/namespace/name} in UTF-8. All but the name are free of slashes:
 * the cluster's name is checked where it is configured, and the others come out of a URL path. Stateless.
 */
public final class ObjectKey {
    private ObjectKey() {}

    public static byte[] of(ObjectRef object) {
        return (object.cluster()
                        + '/'
                        + object.group()
                        + '/'
                        + object.resource()
                        + '/'
                        + object.namespace()
                        + '/'
                        + object.name())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The object that the key names; null if it is the key of none. */
    public static @Nullable ObjectRef parse(byte[] key) {
        String[] parts = new String(key, StandardCharsets.UTF_8).split("/", 5);
        return parts.length < 5 || parts[0].isEmpty() || parts[2].isEmpty() || parts[4].isEmpty()
                ? null
                : new ObjectRef(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }
}
