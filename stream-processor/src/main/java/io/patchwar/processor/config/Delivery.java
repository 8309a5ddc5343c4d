package io.patchwar.processor.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;

/** How often what was found reaches its topics when an instance dies; see docs/decisions/020. */
public enum Delivery {
    /** Written as it is found; after a crash the last moments are written again, alike, revision included. */
    AT_LEAST_ONCE("at-least-once", StreamsConfig.AT_LEAST_ONCE, Duration.ofSeconds(5)),
    /** Seen by readers with the commit that it belongs to, and only once. */
    EXACTLY_ONCE("exactly-once", StreamsConfig.EXACTLY_ONCE_V2, Duration.ofMillis(500));

    private final String word;
    private final String guarantee;
    private final Duration commitInterval;

    Delivery(String word, String guarantee, Duration commitInterval) {
        this.word = word;
        this.guarantee = guarantee;
        this.commitInterval = commitInterval;
    }

    /** As in the configuration. */
    public String word() {
        return word;
    }

    /** Kafka Streams' name for it. */
    public String guarantee() {
        return guarantee;
    }

    /**
     * How often positions are committed if nobody says otherwise. Each commit writes every object that changed since the last, so it
     * is as long as it may be: where readers need not wait for it, as long as one is willing to repeat.
     */
    Duration commitInterval() {
        return commitInterval;
    }

    static Optional<Delivery> of(String word) {
        return Arrays.stream(values()).filter(d -> d.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Delivery::word).toList();
    }
}
