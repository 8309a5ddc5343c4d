package io.patchwar.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsOnTheWireTest {
    @Test
    void namesAnObjectByItsKeyAndBack() {
        ObjectRef role = new ObjectRef("prod-eu", "", "clusterroles", "", "system:a/b");

        assertThat(ObjectKey.of(role)).asString(StandardCharsets.UTF_8).isEqualTo("prod-eu//clusterroles//system:a/b");
        assertThat(ObjectKey.parse(ObjectKey.of(role))).isEqualTo(role);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b/c/d", "/apps/deployments/ns/x", "c///ns/x", "c/apps/deployments/ns/"})
    void takesNothingElseForAKey(String key) {
        assertThat(ObjectKey.parse(key.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void readsTheHeartbeatThatItWrites() {
        Heartbeat heartbeat = new Heartbeat("prod", "api-1", Instant.parse("2026-11-24T08:00:00.123456Z"), true);

        assertThat(Heartbeat.parse(heartbeat.toJson())).isEqualTo(heartbeat);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"cluster\":\"a\",\"heardUpTo\":\"yesterday\"}", "{\"cluster\":\"\"}", "\0"})
    void takesNothingElseForAHeartbeat(String value) {
        assertThat(Heartbeat.parse(value.getBytes(StandardCharsets.UTF_8))).isNull();
    }
}
