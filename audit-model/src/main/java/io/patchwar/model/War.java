package io.patchwar.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A war or a finding, as it stood at its last change ({@code detection.md} section 3).
 *
 * @param id fixed when it opened
 * @param uid the object's lifetime it was last seen in, null where unknown
 * @param fields contested fields, at least one for a war; a field-less class has none
 * @param reversals the number that its class counts: reversals, re-creations, rounds, hand-overs, returns, writes or
 *     rejections
 * @param period median gap between the reversals of one contender; null below two
 * @param startedAt the first reversal that counts
 * @param lastChangeAt the last one
 * @param endedAt its last change, once it has ended
 * @param rejection only where the class is {@code rejected}
 * @param muted why nobody is to be told, null if not muted
 * @param revision rises with every change of this record
 * @param load how hard the contenders write, null where nobody counted
 */
public record War(
        String id,
        WarClass warClass,
        Severity severity,
        Confidence confidence,
        WarState state,
        ObjectRef object,
        @Nullable String uid,
        List<String> fields,
        List<Contender> contenders,
        long reversals,
        @Nullable Duration period,
        Instant startedAt,
        Instant lastChangeAt,
        @Nullable Instant endedAt,
        List<Evidence> evidence,
        @Nullable Rejection rejection,
        @Nullable String muted,
        long revision,
        @Nullable WriteLoad load) {
    public War {
        fields = List.copyOf(fields);
        contenders = List.copyOf(contenders);
        evidence = List.copyOf(evidence);
    }

    /** Of the id alone, which is cheap, and nearly all that tells wars apart. */
    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The same war, judged otherwise. */
    public War withSeverity(Severity judged) {
        return new War(
                id,
                warClass,
                judged,
                confidence,
                state,
                object,
                uid,
                fields,
                contenders,
                reversals,
                period,
                startedAt,
                lastChangeAt,
                endedAt,
                evidence,
                rejection,
                muted,
                revision,
                load);
    }
}
