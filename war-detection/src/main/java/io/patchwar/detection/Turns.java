package io.patchwar.detection;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When each party of a dispute did what is counted, as far as its period needs it. Mutable, bounded, of one thread at a time. */
final class Turns {
    private static final int GAPS = 15;

    private final Map<Party, Deque<Instant>> counted = new LinkedHashMap<>();
    private final Map<Party, Integer> confirmed = new LinkedHashMap<>();

    /** One more by the party; {@code sure} if what it changed was seen and not inferred. */
    void add(Party party, Instant time, boolean sure) {
        Deque<Instant> times = counted.computeIfAbsent(party, p -> new ArrayDeque<>());
        times.addLast(time);
        if (times.size() > GAPS + 1) {
            times.removeFirst();
        }
        if (sure) {
            confirmed.merge(party, 1, Integer::sum);
        }
    }

    /** Whether one party alone did it so often for sure. */
    boolean isSure(int enough) {
        return confirmed.values().stream().anyMatch(n -> n >= enough);
    }

    /** Median gap between what one party did and did again; null if nobody did it twice. */
    @Nullable
    Duration period() {
        List<Duration> gaps = new ArrayList<>();
        for (Deque<Instant> times : counted.values()) {
            Instant before = null;
            for (Instant time : times) {
                if (before != null) {
                    gaps.add(Duration.between(before, time).abs());
                }
                before = time;
            }
        }
        if (gaps.isEmpty()) {
            return null;
        }
        Collections.sort(gaps);
        return gaps.get(gaps.size() / 2);
    }

    void write(StateWriter out) {
        out.list(counted.entrySet(), times -> {
            times.getKey().write(out);
            out.list(times.getValue(), out::time);
        });
        out.list(confirmed.entrySet(), sure -> {
            sure.getKey().write(out);
            out.number(sure.getValue());
        });
    }

    /** Adds what {@link #write} wrote to what is empty. */
    void read(StateReader in) {
        in.list(() -> {
            Deque<Instant> times = new ArrayDeque<>();
            counted.put(Party.read(in), times);
            in.list(in::time, times::addLast);
        });
        in.list(() -> confirmed.put(Party.read(in), in.number(Integer.MAX_VALUE)));
    }
}
