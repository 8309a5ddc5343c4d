package io.patchwar.standalone.doctor;

import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import io.patchwar.model.words.Spans;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How late events were on their way: by the stamps of the envelopes that a shipper put around them, and by how long the first
 * event of a webhook's body had waited for the last.
 */
final class ArrivalProbe implements Probe {
    /** Upper bounds of what is counted together. */
    private static final Duration[] BOUNDS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofHours(1)
    };

    private static final int LATE = 3;
    private static final int FEWEST = 10;
    private static final Duration LONG_WAIT = Duration.ofSeconds(5);

    /** A body with as many events was sent because it was full. */
    private static final int FULL = 400;

    private final long[] lags = new long[BOUNDS.length];
    private long lagged;

    private long bodies;
    private long waited;
    private Duration longest = Duration.ZERO;
    private int items;
    private @Nullable Instant first;
    private @Nullable Instant last;

    @Override
    public void envelope(Slice document, String server, int layer) {
        if (layer == 0) {
            endOfBody();
        }
    }

    @Override
    public void event(RawEvent event) {
        Instant time = event.time();
        if (time == null) {
            return;
        }
        items++;
        first = first == null || time.isBefore(first) ? time : first;
        last = last == null || time.isAfter(last) ? time : last;
        if (event.shipped != null) {
            count(Duration.between(time, event.shipped));
        }
    }

    /** What is hours late was shipped once more, and says nothing. */
    private void count(Duration lag) {
        for (int i = 0; i < BOUNDS.length; i++) {
            if (lag.compareTo(BOUNDS[i]) <= 0) {
                lags[i]++;
                lagged++;
                return;
            }
        }
    }

    private void endOfBody() {
        if (items > 1 && items < FULL && first != null && last != null) {
            bodies++;
            Duration span = Duration.between(first, last);
            waited += span.compareTo(LONG_WAIT) > 0 ? 1 : 0;
            longest = span.compareTo(longest) > 0 ? span : longest;
        }
        items = 0;
        first = null;
        last = null;
    }

    /** When the shipper says it made this envelope; null if it is none or does not say. */
    static @Nullable Instant shipped(Slice envelope) {
        try {
            for (String member : List.of("@timestamp", "timestamp", "time")) {
                Slice value = Members.first(envelope, member);
                if (value != null && value.isString()) {
                    return Instant.parse(value.text());
                }
                if (value != null && value.isNumber()) {
                    return Instant.ofEpochMilli((long) (1_000 * Double.parseDouble(value.raw())));
                }
            }
        } catch (MalformedJsonException | DateTimeException | NumberFormatException e) {
            return null;
        }
        return null;
    }

    @Override
    public void conclude(Consumer<Finding> findings) {
        endOfBody();
        long late = 0;
        for (int i = LATE; i < lags.length; i++) {
            late += lags[i];
        }
        if (lagged >= FEWEST && 2 * late > lagged) {
            findings.accept(new Finding(
                    Symptom.LATE_ARRIVAL,
                    late,
                    lagged,
                    List.of("more than " + Spans.duration(BOUNDS[LATE - 1])
                            + " between an event and its shipper's stamp")));
        }
        if (bodies >= 2 && 2 * waited > bodies) {
            findings.accept(new Finding(
                    Symptom.BATCH_WAIT,
                    waited,
                    bodies,
                    List.of("events of one body lie up to " + Spans.duration(longest)
                            + " apart, and it was not full")));
        }
    }
}
