package io.patchwar.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much of something there was in each of the last ten minutes of a cluster's own time. Minutes are those of the clock, so
 * what was counted in several places adds up minute by minute.
 *
 * @param last the latest of the ten, at its beginning
 * @param counts of the ten minutes up to it, the oldest first; none negative
 */
public record Minutes(Instant last, List<Long> counts) {
    /** How many minutes are remembered. */
    public static final int COUNT = 10;

    /** What a rate is measured over at the least: a burst of a second is not yet a rate. */
    public static final Duration LEAST_SPAN = Duration.ofSeconds(15);

    /** Nothing at all. */
    public static final Minutes NONE = new Minutes(Instant.EPOCH, Collections.nCopies(COUNT, 0L));

    public Minutes {
        counts = List.copyOf(counts);
        if (counts.size() != COUNT || counts.stream().anyMatch(n -> n < 0)) {
            throw new IllegalArgumentException("ten counts, none below zero, not " + counts);
        }
        if (!last.equals(last.truncatedTo(ChronoUnit.MINUTES))) {
            throw new IllegalArgumentException("the beginning of a minute, not " + last);
        }
    }

    /** The same, seen from that later or earlier minute; what lies outside its ten is left out. */
    public Minutes upTo(Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        long shift = ChronoUnit.MINUTES.between(last, minute);
        if (shift == 0) {
            return this;
        }
        List<Long> moved = new ArrayList<>(COUNT);
        for (int i = 0; i < COUNT; i++) {
            long from = i + shift;
            moved.add(from >= 0 && from < COUNT ? counts.get((int) from) : 0L);
        }
        return new Minutes(minute, moved);
    }

    /** Both together, as of the later one's last minute. */
    public Minutes plus(Minutes other) {
        Instant latest = last.isAfter(other.last) ? last : other.last;
        Minutes a = upTo(latest);
        Minutes b = other.upTo(latest);
        List<Long> sums = new ArrayList<>(COUNT);
        for (int i = 0; i < COUNT; i++) {
            sums.add(a.counts.get(i) + b.counts.get(i));
        }
        return new Minutes(latest, sums);
    }

    /** Of the ten minutes that end with that one. */
    public long sum(Instant now) {
        return sum(now, COUNT);
    }

    /** Of those of the ten minutes that end with that one which are no older than the other time's minute. */
    public long sum(Instant now, Instant since) {
        long minutes =
                ChronoUnit.MINUTES.between(since.truncatedTo(ChronoUnit.MINUTES), now.truncatedTo(ChronoUnit.MINUTES))
                        + 1;
        return sum(now, (int) Math.max(0, Math.min(COUNT, minutes)));
    }

    /**
     * Per second, over the ten minutes that end now.
     *
     * @param since when counting began, if that was later
     */
    public double perSecond(Instant now, Instant since) {
        return perSecond(now, since, COUNT);
    }

    /** Per second over ten minutes or over the last one or two, whichever is more: what has just become fast is fast. */
    public double fastestPerSecond(Instant now, Instant since) {
        return Math.max(perSecond(now, since, COUNT), perSecond(now, since, 2));
    }

    private long sum(Instant now, int minutes) {
        List<Long> seen = upTo(now).counts;
        return seen.subList(COUNT - minutes, COUNT).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private double perSecond(Instant now, Instant since, int minutes) {
        Instant from = now.truncatedTo(ChronoUnit.MINUTES).minus(minutes - 1L, ChronoUnit.MINUTES);
        Duration span = Duration.between(since.isAfter(from) ? since : from, now);
        double seconds = Math.max(LEAST_SPAN.toMillis(), span.toMillis()) / 1000.0;
        return sum(now, minutes) / seconds;
    }
}
