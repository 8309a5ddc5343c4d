package io.patchwar.processor.topology;

import io.patchwar.model.Contender;
import io.patchwar.model.War;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.wire.WarJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cause is told of one of its wars: that it is one of them, with no more than a conflict needs of it, or that it is none
 * any more. As bytes: version, length of the id, id, and the war's JSON, if it is one of them.
 *
 * @param war null if it is gone
 */
record WarInCause(String id, @Nullable War war) {
    private static final byte VERSION = 1;

    static byte[] of(WarUpdate update) {
        War slim = slim(update.war());
        return bytes(slim.id(), WarJson.write(new WarUpdate(slim, update.lifecycle())));
    }

    static byte[] gone(String id) {
        return bytes(id, new byte[0]);
    }

    private static byte[] bytes(String id, byte[] json) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + text.length + json.length)
                .put(VERSION)
                .put((byte) text.length)
                .put(text)
                .put(json)
                .array();
    }

    static WarInCause read(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != VERSION || bytes.length < 2 + bytes[1]) {
            throw new IllegalStateException(
                    "a record of the causes of conflicts that this version does not know; was it written by a newer one?");
        }
        String id = new String(bytes, 2, bytes[1], StandardCharsets.UTF_8);
        byte[] json = Arrays.copyOfRange(bytes, 2 + bytes[1], bytes.length);
        try {
            return new WarInCause(
                    id, json.length == 0 ? null : WarJson.readUpdate(json).war());
        } catch (IOException e) {
            throw new IllegalStateException("a record of the causes of conflicts cannot be read", e);
        }
    }

    private static War slim(War war) {
        List<Contender> contenders = war.contenders().stream()
                .map(c -> new Contender(c.account(), c.program(), List.of(), 0, 0, Map.of()))
                .distinct()
                .toList();
        return new War(
                war.id(),
                war.warClass(),
                war.severity(),
                war.confidence(),
                war.state(),
                war.object(),
                null,
                war.fields(),
                contenders,
                war.reversals(),
                null,
                war.startedAt(),
                war.lastChangeAt(),
                war.endedAt(),
                List.of(),
                null,
                null,
                war.revision(),
                null);
    }
}
