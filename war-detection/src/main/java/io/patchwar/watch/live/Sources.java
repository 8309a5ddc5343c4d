package io.patchwar.watch.live;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * From where a cluster's events come, and which of its sources are heard still. Time has no say in it: a source is silent
 * once the others have sent three heartbeats each without a word from it, since all of them send as often. The only source
 * is never silent: nobody could tell. Bounded; one thread.
 */
final class Sources {
    private static final int MISSED = 3;
    private static final int MOST = 256;

    private final Map<String, Source> sources = new LinkedHashMap<>(2);

    /** A round of heartbeats ends when one that beat in it beats again. */
    private long round;

    private final Set<String> beaten = new HashSet<>(2);

    private boolean dirty;

    private static final class Source {
        private long heardIn;
        private boolean beats;
        private boolean ordered;
    }

    /** Whether this is not what was written last. */
    boolean isDirty() {
        return dirty;
    }

    /** An event of that source came. */
    void heard(String name) {
        Source source = source(name);
        dirty |= source.heardIn != round;
        source.heardIn = round;
    }

    /** A heartbeat of that source came. */
    void beat(String name, boolean ordered) {
        if (!beaten.add(name)) {
            round++;
            beaten.clear();
            beaten.add(name);
        }
        dirty = true;
        Source source = source(name);
        source.heardIn = round;
        source.beats = true;
        source.ordered = ordered;
        sources.values().removeIf(other -> round - other.heardIn >= MISSED);
    }

    private Source source(String name) {
        Source known = sources.get(name);
        if (known == null) {
            known = new Source();
            known.heardIn = round;
            dirty = true;
            sources.put(name, known);
            if (sources.size() > MOST) {
                sources.remove(sources.keySet().iterator().next());
            }
        }
        return known;
    }

    /**
     * Whether all events come from one source that is known to deliver in order. That there is only one is known once it has
     * sent a second heartbeat, and nothing was heard of another.
     */
    boolean isOneInOrder() {
        if (sources.size() != 1 || round == 0) {
            return false;
        }
        Source only = sources.values().iterator().next();
        return only.beats && only.ordered;
    }

    void write(StateWriter out) {
        dirty = false;
        out.number(round);
        out.list(beaten, out::text);
        out.list(sources.entrySet(), each -> {
            Source source = each.getValue();
            out.text(each.getKey());
            out.number(round - source.heardIn);
            out.octet((source.beats ? 1 : 0) | (source.ordered ? 2 : 0));
        });
    }

    static Sources read(StateReader in) {
        Sources read = new Sources();
        read.round = in.number();
        in.list(in::text, read.beaten::add);
        in.list(() -> {
            Source source = read.source(in.text());
            source.heardIn = read.round - in.number();
            int flags = in.octet();
            source.beats = (flags & 1) != 0;
            source.ordered = (flags & 2) != 0;
        });
        read.dirty = false;
        return read;
    }
}
