package io.patchwar.standalone.doctor;

import java.util.List;

/**
 * A symptom that was found.
 *
 * @param count how often it was seen
 * @param of among how many that could have shown it; 0 if there is no such number
 * @param evidence in words, safe to show; the most telling first, a few at most
 */
public record Finding(Symptom symptom, long count, long of, List<String> evidence) {
    public Finding {
        evidence = List.copyOf(evidence);
    }
}
