package io.patchwar.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.patchwar.model.Confidence;
import io.patchwar.model.Contender;
import io.patchwar.model.Evidence;
import io.patchwar.model.Lifecycle;
import io.patchwar.model.Minutes;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Rejection;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarState;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.WriteLoad;
import io.patchwar.model.words.WarExamples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is written is read back as it was. */
class WarReaderTest {

    @Test
    void readsBackWhateverWasWritten() throws IOException {
        long seed = Long.getLong("patchwar.seed", 20_261_124L);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            WarUpdate update = new WarUpdate(war(random), any(random, Lifecycle.values()));
            assertThat(WarJson.readUpdate(WarJson.write(update)))
                    .as("case %d of seed %d", i, seed)
                    .isEqualTo(update);
        }
    }

    @Test
    void readsAWarOfTheScanContract() throws IOException {
        War war = WarExamples.ended(WarExamples.war(WarClass.TUG_OF_WAR));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var json = new JsonFactory().createGenerator(out)) {
            WarJson.write(war, json);
        }
        try (JsonParser json = new JsonFactory().createParser(out.toByteArray())) {
            assertThat(WarJson.read(json))
                    .usingRecursiveComparison()
                    .ignoringFields("revision")
                    .isEqualTo(war);
        }
    }

    @Test
    void passesOverWhatALaterVersionMayAdd() throws IOException {
        WarUpdate update = new WarUpdate(WarExamples.war(WarClass.RECREATE), Lifecycle.OPENED);
        String text = new String(WarJson.write(update), StandardCharsets.UTF_8);
        String more = text.replaceAll(
                "\\{\"(id|cluster|account|auditID)\"",
                "{\"later\":{\"a\":[1,{\"id\":\"not this\"}]},\"reason\":null,\"$1\"");
        assertThat(WarJson.readUpdate(more.getBytes(StandardCharsets.UTF_8))).isEqualTo(update);
    }

    @Test
    void refusesWhatIsNoWarWithAReason() {
        refuses("{\"lifecycle\":\"opened\"}", "\"id\" is missing");
        refuses("[]", "an object should stand here");
        refuses("{\"lifecycle\":\"resting\"}", "no lifecycle");
        refuses("{\"lifecycle\":\"opened\",\"startedAt\":\"yesterday\"}", "time");
        refuses("{\"fields\":\"one\"}", "a list should stand here");
    }

    @Test
    void neverQuotesWhatItCannotRead() {
        assertThatThrownBy(() -> WarJson.readUpdate("{\"id\":\"s3cret\" oops".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void readsNoHalfOfAnUpdate() {
        byte[] whole = WarJson.write(new WarUpdate(WarExamples.war(WarClass.REJECTED), Lifecycle.OPENED));
        for (int length = 0; length < whole.length; length++) {
            byte[] half = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> WarJson.readUpdate(half)).isInstanceOf(IOException.class);
        }
    }

    private static void refuses(String json, String reason) {
        assertThatThrownBy(() -> WarJson.readUpdate(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    private static War war(Random random) {
        WarClass warClass = any(random, WarClass.values());
        boolean ended = random.nextBoolean();
        Instant last = time(random);
        return new War(
                text(random),
                warClass,
                any(random, Severity.values()),
                any(random, Confidence.values()),
                ended ? WarState.ENDED : WarState.ONGOING,
                new ObjectRef(text(random), text(random), text(random), text(random), text(random)),
                maybe(random),
                list(random, () -> text(random)),
                List.of(contender(random), contender(random)),
                random.nextLong(1L << 40),
                random.nextBoolean() ? null : Duration.ofMillis(random.nextLong(30_000_000)),
                time(random),
                last,
                ended ? last : null,
                list(random, () -> evidence(random)),
                warClass == WarClass.REJECTED && random.nextBoolean() ? rejection(random) : null,
                maybe(random),
                random.nextLong(1L << 50),
                random.nextBoolean() ? null : load(random));
    }

    private static WriteLoad load(Random random) {
        Instant last = time(random).truncatedTo(ChronoUnit.MINUTES);
        Supplier<Minutes> minutes = () ->
                new Minutes(last, random.longs(Minutes.COUNT, 0, 1_000).boxed().toList());
        return new WriteLoad(
                time(random),
                minutes.get(),
                minutes.get(),
                minutes.get(),
                minutes.get(),
                minutes.get(),
                random.nextBoolean() ? null : Duration.ofMillis(random.nextLong(100_000)));
    }

    private static Contender contender(Random random) {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            values.put(text(random), list(random, () -> text(random)));
        }
        return new Contender(
                text(random),
                text(random),
                list(random, () -> text(random)),
                random.nextInt(1_000),
                random.nextInt(1_000),
                values);
    }

    private static Evidence evidence(Random random) {
        return new Evidence(
                text(random),
                maybe(random),
                time(random),
                text(random),
                text(random),
                text(random),
                text(random),
                maybe(random),
                maybe(random),
                maybe(random));
    }

    private static Rejection rejection(Random random) {
        return new Rejection(
                400 + random.nextInt(100),
                text(random),
                text(random),
                maybe(random),
                list(random, () -> text(random)),
                List.of());
    }

    private static <T> List<T> list(Random random, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static Instant time(Random random) {
        return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
    }

    private static String maybe(Random random) {
        return random.nextBoolean() ? null : text(random);
    }

    private static String text(Random random) {
        String[] parts = {"spec.replicas", "a/b", "\"", "\\", "\n", "\u202e", "😀", "ü", "", "0", "{", "]", "\u0000"};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
