package io.patchwar.watch.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchwar.model.state.CorruptStateException;
import io.patchwar.model.state.StateWriter;
import io.patchwar.model.wire.ObjectKey;
import io.patchwar.scenario.Scenario;
import io.patchwar.scenario.ScenarioPlay;
import io.patchwar.scenario.Scenarios;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a watch wrote once, every later version reads, or refuses in words. The fixtures are memories as they stood in the
 * middle of a scenario; {@code -Dpatchwar.fixtures=DIR} writes them anew, which only a new version of the format is a reason for.
 */
class StateFormatTest {
    private static final LiveConfig CONFIG = LiveEngine.config();

    static List<String> scenarios() {
        return List.of(
                "hpa-temporal",
                "admission-webhook",
                "two-wars-on-one-object",
                "rejected-by-policy",
                "bound-suspected-10",
                "order-of-one-operator");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void readsWhatVersionOneWrote(String scenario) {
        List<byte[]> lines = lines(scenario);
        Partition uncut = half(lines, 0, lines.size(), new Partition(CONFIG));
        Partition first = half(lines, 0, lines.size() / 2, new Partition(CONFIG));
        first.commit();
        mayWrite(scenario, first.memory);
        Partition second = new Partition(CONFIG, first.topic);
        read(fixture(scenario), second.memory);
        second.restartAsRead();
        half(lines, lines.size() / 2, lines.size(), second);
        assertThat(second.topic.said())
                .as("a scenario that was changed needs its fixture from the version that wrote the others")
                .isEqualTo(uncut.topic.said());
        assertThat(second.watch.account().judged() + first.watch.account().judged())
                .isEqualTo(uncut.watch.account().judged());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void writesWhatItReadAsItWas(String scenario) {
        HeapMemory memory = new HeapMemory();
        read(fixture(scenario), memory);
        ObjectCodec codec =
                new ObjectCodec(CONFIG.watch().rules(), CONFIG.watch().grace());
        int objects = 0;
        for (Entry entry : entries(memory)) {
            if (entry.key()[0] != 0) {
                var read = codec.read(entry.value(), Objects.requireNonNull(ObjectKey.parse(entry.key())));
                if (read.held().isEmpty()) {
                    byte[] again = codec.write(read.object(), Instant.EPOCH);
                    assertThat(codec.write(
                                    codec.read(again, read.object().ref()).object(), Instant.EPOCH))
                            .isEqualTo(again);
                    assertThat(again).isEqualTo(entry.value());
                    objects++;
                }
            }
        }
        assertThat(objects + memory.size()).isGreaterThan(1);
    }

    @Test
    void refusesAnotherVersionInWords() {
        for (Entry entry : entries(read(fixture("hpa-temporal"), new HeapMemory()))) {
            byte[] later = entry.value().clone();
            later[0] = 2;
            assertThatThrownBy(() -> Sealed.open(later))
                    .isInstanceOf(CorruptStateException.class)
                    .hasMessageContaining("version 2")
                    .hasMessageContaining("run the program that wrote it");
        }
    }

    @Test
    void refusesEveryFlippedByteAndEveryCut() {
        for (Entry entry : entries(read(fixture("hpa-temporal"), new HeapMemory()))) {
            for (int i = 0; i < entry.value().length; i++) {
                byte[] flipped = entry.value().clone();
                flipped[i] ^= 1;
                assertThatThrownBy(() -> Sealed.open(flipped)).isInstanceOf(CorruptStateException.class);
                byte[] cut = Arrays.copyOf(entry.value(), i);
                assertThatThrownBy(() -> Sealed.open(cut)).isInstanceOf(CorruptStateException.class);
            }
        }
    }

    /** Even if the checksum is right: whoever can write to the memory must not be able to stop or to bloat the watch. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void readsOrRefusesWhateverTheBytesAre(String scenario) {
        long seed = Long.getLong("patchwar.seed", 20_261_124L);
        Random random = new Random(seed);
        ObjectCodec codec =
                new ObjectCodec(CONFIG.watch().rules(), CONFIG.watch().grace());
        int refused = 0;
        for (Entry entry : entries(read(fixture(scenario), new HeapMemory()))) {
            for (int i = 0; i < 3_000; i++) {
                byte[] mutated = resealed(mutated(entry.value(), random));
                try {
                    if (entry.key()[0] != 0) {
                        codec.read(mutated, Objects.requireNonNull(ObjectKey.parse(entry.key())));
                        ObjectCodec.glance(mutated);
                    } else if (entry.key()[1] == MemoryKey.HELD) {
                        EventCodec.read(
                                Sealed.open(mutated),
                                Objects.requireNonNull(ObjectKey.parse(MemoryKey.heldObject(entry.key()))));
                    } else if (entry.key()[1] == MemoryKey.SOURCES) {
                        Sources.read(Sealed.open(mutated));
                    } else if (entry.key()[1] == MemoryKey.CLUSTER) {
                        new LiveCluster("a").read(Sealed.open(mutated));
                    }
                } catch (CorruptStateException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(1_000);
    }

    @Test
    void refusesAPackedValueThatUnpacksToTooMuch() {
        StateWriter out = new StateWriter();
        for (int i = 0; i < 65; i++) {
            out.bytes(new byte[1 << 20]);
        }
        byte[] bomb = Sealed.seal(out);
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThatThrownBy(() -> Sealed.open(bomb))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("more than");
    }

    private static byte[] mutated(byte[] value, Random random) {
        byte[] content = Arrays.copyOfRange(value, 0, value.length - 4);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = 2 + random.nextInt(content.length - 2);
            content[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (content[at] + 1);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(content, 2 + random.nextInt(content.length - 2)) : content;
    }

    private static byte[] resealed(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return ByteBuffer.allocate(content.length + 4)
                .put(content)
                .putInt((int) checksum.getValue())
                .array();
    }

    private static Partition half(List<byte[]> lines, int from, int to, Partition partition) {
        if (from == 0) {
            partition.heartbeat("default", "a", Instant.EPOCH, true).heartbeat("default", "b", Instant.EPOCH, true);
        } else {
            partition.at(from + 2);
        }
        for (byte[] line : lines.subList(from, to)) {
            partition.event("default", "a", line);
        }
        if (to == lines.size()) {
            partition.heartbeat(
                    "default", "a", partition.newest().plus(CONFIG.watch().grace()), true);
        }
        return partition.run();
    }

    private static List<byte[]> lines(String scenario) {
        Scenario.Run run = Scenarios.named(scenario).runs().get(0);
        return ScenarioPlay.log(run);
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Entry(byte[] key, byte[] value) {}

    private static List<Entry> entries(ObjectMemory memory) {
        List<Entry> entries = new ArrayList<>();
        memory.scan(new byte[0], null, (key, value) -> entries.add(new Entry(key, value)));
        return entries;
    }

    private static void mayWrite(String scenario, ObjectMemory memory) {
        String directory = System.getProperty("patchwar.fixtures");
        if (directory != null) {
            StringBuilder text = new StringBuilder();
            for (Entry entry : entries(memory)) {
                text.append(HexFormat.of().formatHex(entry.key()))
                        .append(' ')
                        .append(HexFormat.of().formatHex(entry.value()))
                        .append('\n');
            }
            try {
                Files.writeString(Path.of(directory, scenario + ".hex"), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String fixture(String scenario) {
        String name = "/state/v1/" + scenario + ".hex";
        try (InputStream in = StateFormatTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <M extends ObjectMemory> M read(String fixture, M into) {
        for (String line : fixture.split("\n", -1)) {
            if (!line.isEmpty()) {
                String[] parts = line.split(" ", 2);
                into.put(HexFormat.of().parseHex(parts[0]), HexFormat.of().parseHex(parts[1]));
            }
        }
        return into;
    }
}
