package io.patchwar.standalone.doctor;

import io.patchwar.model.ObjectRef;
import io.patchwar.model.ResourceVersion;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Outcome;
import io.patchwar.model.words.SafeText;
import io.patchwar.model.words.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Whether versions and stamps tell the same order. A write with a lower version and a later stamp than one that was seen: by
 * another server, its clock is behind; by the same, the store went back.
 */
final class ClockProbe implements Probe {
    private static final int MOST_OBJECTS = 50_000;
    private static final int MOST_PAIRS = 1_000;

    /** Replies are handed over in another order than writes are stored, by some milliseconds as a rule. */
    private static final Duration ORDINARY = Duration.ofSeconds(2);

    private static final Duration BACK = Duration.ofSeconds(5);
    private static final int FEWEST = 3;

    /** The highest version of an object, and who stored it when. */
    private record Mark(String version, Instant time, String server) {}

    private record Skew(Duration most, long writes) {}

    private final Map<ObjectRef, Mark> marks = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectRef, Mark> eldest) {
            return size() > MOST_OBJECTS;
        }
    };

    private final Map<String, Skew> skews = new TreeMap<>();
    private final Tally backwards = new Tally();
    private long compared;

    @Override
    public void write(AuditEvent event, String server) {
        String version = event.version();
        if (version == null || event.outcome() != Outcome.ACCEPTED) {
            return;
        }
        Mark mark = marks.get(event.object());
        int order = mark == null ? 1 : ResourceVersion.ORDER.compare(version, mark.version());
        compared += mark == null ? 0 : 1;
        if (order > 0) {
            marks.put(event.object(), new Mark(version, event.time(), server));
        } else if (order < 0 && mark != null) {
            disorder(mark, event, server);
        }
    }

    private void disorder(Mark mark, AuditEvent event, String server) {
        Duration apart = Duration.between(mark.time(), event.time());
        if (mark.server().equals(server)) {
            if (apart.compareTo(BACK) > 0) {
                ObjectRef object = event.object();
                backwards.add(object.resource() + " " + object.namespace() + "/" + object.name() + " from "
                        + mark.version() + " to " + event.version());
                marks.put(object, new Mark(String.valueOf(event.version()), event.time(), server));
            }
        } else if (apart.compareTo(ORDINARY) > 0) {
            String pair = mark.server() + " is behind " + server;
            Skew known = skews.get(pair);
            if (known != null || skews.size() < MOST_PAIRS) {
                boolean more = known == null || apart.compareTo(known.most()) > 0;
                skews.put(
                        pair,
                        new Skew(known == null || more ? apart : known.most(), known == null ? 1 : known.writes() + 1));
            }
        }
    }

    @Override
    public void conclude(Consumer<Finding> findings) {
        if (backwards.total() >= FEWEST) {
            findings.accept(
                    new Finding(Symptom.RESTORED_ETCD, backwards.total(), compared, List.of(backwards.most(2))));
            return;
        }
        long writes = skews.values().stream().mapToLong(Skew::writes).sum();
        if (writes >= FEWEST) {
            List<String> evidence = skews.entrySet().stream()
                    .sorted((a, b) -> b.getValue().most().compareTo(a.getValue().most()))
                    .limit(3)
                    .map(skew -> SafeText.of(skew.getKey(), 400) + " by "
                            + Spans.duration(skew.getValue().most()) + " or more")
                    .toList();
            findings.accept(new Finding(Symptom.CLOCK_SKEW, writes, compared, evidence));
        }
    }
}
