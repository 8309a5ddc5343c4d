package io.patchwar.standalone.doctor;

import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.words.SafeText;
import io.patchwar.model.words.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Whether all API servers are heard, to the end: fewer than there should be, or one that fell silent while others went on. */
final class ServerProbe implements Probe {
    private static final int MOST_SERVERS = 1_000;

    /** Less silence than this may be a quiet night. */
    private static final Duration QUIET = Duration.ofMinutes(5);

    /** How often its usual gap a server must be silent. */
    private static final int USUAL_GAPS = 20;

    private static final class Heard {
        private final Instant first;
        private Instant last;
        private long writes = 1;

        Heard(Instant first) {
            this.first = first;
            this.last = first;
        }
    }

    private final Map<String, Heard> servers = new TreeMap<>();
    private final int expected;
    private Instant latest = Instant.MIN;

    /**
     * @param expected how many API servers there are; 0 if nobody said
     */
    ServerProbe(int expected) {
        this.expected = expected;
    }

    /** Servers that were heard, by name. */
    List<String> names() {
        return List.copyOf(servers.keySet());
    }

    @Override
    public void write(AuditEvent event, String server) {
        latest = event.time().isAfter(latest) ? event.time() : latest;
        Heard heard = servers.get(server);
        if (heard == null) {
            if (servers.size() < MOST_SERVERS) {
                servers.put(server, new Heard(event.time()));
            }
            return;
        }
        heard.writes++;
        heard.last = event.time().isAfter(heard.last) ? event.time() : heard.last;
    }

    @Override
    public void conclude(Consumer<Finding> findings) {
        List<String> evidence = new ArrayList<>();
        long missing = 0;
        if (servers.size() < expected) {
            missing = (long) expected - servers.size();
            evidence.add(servers.size() + " of " + expected + " API servers were heard: "
                    + SafeText.of(String.join(", ", servers.keySet()), 400));
        }
        for (Map.Entry<String, Heard> entry : servers.entrySet()) {
            Heard heard = entry.getValue();
            Duration silence = Duration.between(heard.last, latest);
            Duration usual = Duration.between(heard.first, heard.last).dividedBy(Math.max(1, heard.writes));
            if (silence.compareTo(QUIET) > 0 && silence.compareTo(usual.multipliedBy(USUAL_GAPS)) > 0) {
                missing++;
                evidence.add(SafeText.of(entry.getKey(), 400) + " fell silent at " + Spans.day(heard.last) + ", "
                        + Spans.duration(silence) + " before the others' last write");
            }
        }
        if (missing > 0) {
            findings.accept(new Finding(
                    Symptom.MISSING_SERVER,
                    missing,
                    Math.max(expected, servers.size()),
                    evidence.subList(0, Math.min(5, evidence.size()))));
        }
    }
}
