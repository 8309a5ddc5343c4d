package io.patchwar.standalone.doctor;

import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether stored writes show what was written, and what was stored; and if not, who took it away. */
final class BodiesProbe implements Probe {
    /** Below this share of the writes a policy may well mean it so. */
    private static final double MEANT = 0.2;

    private static final int FEWEST = 10;
    private static final int FEW = 3;

    /** Bodies of these are better not recorded; and what is written for its own sake is no sight lost. */
    private static final Set<String> UNSEEN = Set.of(
            "secrets",
            "configmaps",
            "events",
            "leases",
            "tokenreviews",
            "subjectaccessreviews",
            "selfsubjectaccessreviews",
            "selfsubjectreviews",
            "localsubjectaccessreviews",
            "selfsubjectrulesreviews");

    private static final String REQUEST = "Request";
    private static final String BOTH = "RequestResponse";
    private static final String LEFT_OUT = "skipped-too-big-size-object";

    private final Tally bodiless = new Tally();
    private final Tally unanswered = new Tally();
    private final Tally truncated = new Tally();
    private final Tally ofSystem = new Tally();
    private final Tally ofOthers = new Tally();
    private final Tally stripped = new Tally();
    private final Tally leftOut = new Tally();
    private long writes;

    @Override
    public void event(RawEvent event) {
        if (isLeftOut(event.request) || isLeftOut(event.response)) {
            leftOut.add(event.kind());
        }
        if (!event.isStored()
                || UNSEEN.contains(event.resource)
                || event.resource.isEmpty()
                || event.subresource.equals("token")
                || event.subresource.equals("binding")
                || event.subresource.equals("eviction")) {
            return;
        }
        writes++;
        boolean systems = event.user.startsWith("system:");
        (systems ? ofSystem : ofOthers).add(event.level());
        if (event.truncated) {
            truncated.add(event.kind());
        } else if (event.response == null) {
            (event.request == null || event.level().equals("Metadata") ? bodiless : unanswered).add(event.kind());
        } else if (hasNoMetadata(event.response)) {
            stripped.add(event.kind());
        }
    }

    private static boolean isLeftOut(@Nullable Slice body) {
        return body != null && body.isString() && body.text().equals(LEFT_OUT);
    }

    private static boolean hasNoMetadata(Slice reply) {
        try {
            return reply.isObject() && Members.first(reply, "metadata") == null;
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    @Override
    public void conclude(Consumer<Finding> findings) {
        if (isMany(bodiless)) {
            findings.accept(finding(Symptom.METADATA_ONLY, bodiless));
        }
        if (isMany(unanswered)) {
            findings.accept(finding(Symptom.NO_REPLIES, unanswered));
        }
        if (truncated.total() > 0) {
            findings.accept(finding(Symptom.TRUNCATED, truncated));
        }
        long lowered = ofSystem.of(REQUEST);
        // The filter spares people; a policy would not tell them apart.
        if (lowered >= FEWEST
                && ofSystem.of(BOTH) * 20 < lowered
                && ofOthers.of(BOTH) >= FEW
                && ofOthers.of(REQUEST) * 20 < ofOthers.of(BOTH)) {
            findings.accept(new Finding(
                    Symptom.FORWARDER_FILTER,
                    lowered,
                    ofSystem.total(),
                    List.of("writes of system: accounts have no replies, and all " + ofOthers.of(BOTH)
                            + " of others have")));
        }
        if (stripped.total() >= FEW) {
            findings.accept(finding(Symptom.NO_OBJECT_METADATA, stripped));
        }
        if (leftOut.total() > 0) {
            findings.accept(
                    new Finding(Symptom.BODY_LEFT_OUT, leftOut.total(), 0, List.of("by resource: " + leftOut.most(5))));
        }
    }

    private boolean isMany(Tally tally) {
        return tally.total() >= FEWEST && tally.total() > MEANT * writes;
    }

    private Finding finding(Symptom symptom, Tally tally) {
        return new Finding(symptom, tally.total(), writes, List.of("by resource: " + tally.most(5)));
    }
}
