package io.patchwar.model.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTest {
    private final StateWriter writer = new StateWriter();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsNumbersOfEverySize(long number) {
        writer.number(number);
        writer.signed(number);
        writer.digest(number);
        StateReader reader = reader();
        assertThat(reader.number()).isEqualTo(number);
        assertThat(reader.signed()).isEqualTo(number);
        assertThat(reader.digest()).isEqualTo(number);
        reader.finish();
    }

    @Test
    void readsTimesOfAnyOrderAndPrecision() {
        List<Instant> times = List.of(
                Instant.parse("2026-11-23T08:44:50.543879Z"),
                Instant.parse("2026-11-23T08:44:50.543880Z"),
                Instant.parse("2026-11-23T08:44:50.543880123Z"),
                Instant.EPOCH,
                Instant.parse("1969-12-31T23:59:59.999999999Z"),
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59Z"),
                Instant.MAX,
                Instant.MIN,
                Instant.parse("2026-11-23T08:44:51Z"));
        times.forEach(writer::time);
        StateReader reader = reader();
        for (Instant time : times) {
            assertThat(reader.time()).isEqualTo(time);
        }
        reader.finish();
    }

    @Test
    void writesATimeSoonAfterAnotherInFourBytes() {
        writer.time(Instant.parse("2026-11-23T08:44:50.543879Z"));
        int first = writer.length();
        writer.time(Instant.parse("2026-11-23T08:44:51.012345Z"));
        assertThat(writer.length() - first).isLessThanOrEqualTo(4);
    }

    @Test
    void writesAWordOnce() {
        writer.word("status.loadBalancer.ingress");
        int once = writer.length();
        writer.word("status.loadBalancer.ingress");
        writer.maybeWord(null);
        assertThat(writer.length() - once).isEqualTo(2);
        StateReader reader = reader();
        String first = reader.word();
        assertThat(reader.word()).isSameAs(first);
        assertThat(reader.maybeWord()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ü😀", "\u0000", "a\ud800b", "\udc00\ud800", "😀\ud83d"})
    void keepsEveryText(String text) {
        writer.text(text);
        writer.word(text);
        StateReader reader = reader();
        assertThat(reader.text()).isEqualTo(text);
        assertThat(reader.word()).isEqualTo(text);
        reader.finish();
    }

    @Test
    void keepsApartWhatIsEqualAndNotTheSame() {
        List<StringBuilder> made = List.of(new StringBuilder("a"), new StringBuilder("a"));
        for (int i : new int[] {0, 1, 0}) {
            writer.shared(made.get(i), 7, b -> writer.text(b.toString()));
        }
        StateReader reader = reader();
        Supplier<StringBuilder> next = () -> reader.shared(StringBuilder.class, () -> new StringBuilder(reader.text()));
        StringBuilder one = next.get();
        StringBuilder other = next.get();
        assertThat(other).isNotSameAs(one);
        assertThat(next.get()).isSameAs(one);
    }

    @Test
    void readsSharedObjectsThatHoldEachOther() {
        record Leaf(String name) {}
        record Pair(Leaf one, Leaf other) {}
        Leaf leaf = new Leaf("x");
        Pair pair = new Pair(leaf, new Leaf("y"));
        for (Pair each : List.of(pair, new Pair(leaf, leaf), pair)) {
            writer.shared(each, 1, p -> {
                writer.shared(p.one(), 2, l -> writer.word(l.name()));
                writer.shared(p.other(), 2, l -> writer.word(l.name()));
            });
        }
        StateReader reader = reader();
        Supplier<Leaf> leaves = () -> reader.shared(Leaf.class, () -> new Leaf(reader.word()));
        Supplier<Pair> pairs = () -> reader.shared(Pair.class, () -> new Pair(leaves.get(), leaves.get()));
        Pair first = pairs.get();
        Pair second = pairs.get();
        assertThat(first).isEqualTo(pair);
        assertThat(second.one()).isSameAs(first.one()).isSameAs(second.other());
        assertThat(pairs.get()).isSameAs(first);
        reader.finish();
    }

    @Test
    void readsSpansAndTheirAbsence() {
        writer.maybeSpan(Duration.ofMillis(-143));
        writer.maybeSpan(null);
        StateReader reader = reader();
        assertThat(reader.maybeSpan()).isEqualTo(Duration.ofMillis(-143));
        assertThat(reader.maybeSpan()).isNull();
    }

    @Test
    void beginsAnewAfterAClear() {
        writer.word("gone");
        writer.time(Instant.parse("2026-11-23T08:44:50Z"));
        writer.clear();
        writer.word("gone");
        writer.time(Instant.EPOCH);
        StateReader reader = reader();
        assertThat(reader.word()).isEqualTo("gone");
        assertThat(reader.time()).isEqualTo(Instant.EPOCH);
        reader.finish();
    }

    @Test
    void refusesMoreThanTheBytesCanHold() {
        writer.number(Integer.MAX_VALUE);
        assertThatThrownBy(() -> reader().bytes()).isInstanceOf(CorruptStateException.class);
        assertThatThrownBy(() -> reader().list(() -> {})).isInstanceOf(CorruptStateException.class);
        assertThatThrownBy(() -> reader().word()).isInstanceOf(CorruptStateException.class);
    }

    @Test
    void refusesWhatFollowsTheEnd() {
        writer.octet(1);
        StateReader reader = reader();
        assertThatThrownBy(reader::finish).isInstanceOf(CorruptStateException.class);
    }

    @Test
    void readsOrRefusesWhateverTheBytesAre() {
        long seed = Long.getLong("patchwar.seed", 20_261_124L);
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            StateReader reader = new StateReader(noise);
            List<Runnable> calls = new ArrayList<>(List.of(
                    reader::flag,
                    reader::number,
                    reader::digest,
                    reader::bytes,
                    reader::text,
                    reader::word,
                    reader::maybeWord,
                    reader::time,
                    reader::maybeSpan,
                    () -> reader.list(reader::octet)));
            try {
                for (int call = 0; call < 12; call++) {
                    calls.get(random.nextInt(calls.size())).run();
                }
                reader.finish();
            } catch (CorruptStateException e) {
                refused++;
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(15_000);
    }

    private StateReader reader() {
        return new StateReader(writer.toBytes());
    }
}
