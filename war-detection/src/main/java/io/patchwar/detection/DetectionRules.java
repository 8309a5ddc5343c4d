package io.patchwar.detection;

import java.time.Duration;
import java.util.List;

/**
 * The thresholds of {@code detection.md} section 3, and the bounds of what is remembered.
 *
 * @param window span in which reversals count together
 * @param reversals of one contender that make a war; also re-creations and rounds against admission
 * @param ownedRecreations re-creations within {@code ownedSpan} of an object whose owner has to put it back
 * @param handOvers within {@code shortSpan} that make a contention
 * @param newValues share of different values from which a contention is one, exclusive
 * @param returns within {@code shortSpan} that make a flip-flop
 * @param flipFlopValues most different values of a flip-flop
 * @param hotLoopWrites within {@code hotLoopSpan} that make a hot loop
 * @param rejections within {@code shortSpan} that make a finding
 * @param rejectedPerAccepted rejections that each accepted write excuses
 * @param suspectedHandOvers within {@code shortSpan} between two actors of whom only metadata is known
 * @param suspectedShare hand-overs that make one a contender of those
 * @param quiet least silence after which a war ends
 * @param quietPeriods silence after which it ends, in periods
 * @param valuesPerField remembered with who took them away
 * @param fieldsPerObject histories kept
 * @param disputesPerObject wars and findings kept
 * @param ignored protocols that look like wars
 */
public record DetectionRules(
        Duration window,
        int reversals,
        int ownedRecreations,
        Duration ownedSpan,
        int handOvers,
        double newValues,
        int returns,
        int flipFlopValues,
        Duration shortSpan,
        int hotLoopWrites,
        Duration hotLoopSpan,
        int rejections,
        int rejectedPerAccepted,
        int suspectedHandOvers,
        int suspectedShare,
        Duration quiet,
        int quietPeriods,
        int valuesPerField,
        int fieldsPerObject,
        int disputesPerObject,
        List<IgnoreRule> ignored) {

    public static final DetectionRules DEFAULT = new DetectionRules(
            Duration.ofHours(6),
            3,
            6,
            Duration.ofMinutes(30),
            6,
            0.9,
            6,
            3,
            Duration.ofMinutes(10),
            60,
            Duration.ofMinutes(2),
            10,
            5,
            10,
            3,
            Duration.ofMinutes(5),
            5,
            16,
            512,
            32,
            List.of());

    public DetectionRules {
        ignored = List.copyOf(ignored);
    }

    /** The same thresholds with another list of what to ignore. */
    public DetectionRules ignoring(List<IgnoreRule> rules) {
        return new DetectionRules(
                window,
                reversals,
                ownedRecreations,
                ownedSpan,
                handOvers,
                newValues,
                returns,
                flipFlopValues,
                shortSpan,
                hotLoopWrites,
                hotLoopSpan,
                rejections,
                rejectedPerAccepted,
                suspectedHandOvers,
                suspectedShare,
                quiet,
                quietPeriods,
                valuesPerField,
                fieldsPerObject,
                disputesPerObject,
                rules);
    }
}
