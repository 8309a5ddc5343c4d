package io.patchwar.watch.live;

import io.patchwar.model.Lifecycle;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Observation;
import io.patchwar.model.War;
import io.patchwar.model.WarState;
import io.patchwar.model.WarUpdate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A topic of wars as a sink: keeps every update, and holds each to what an update may follow. Outlives its watches. */
final class Topic implements LiveSink {
    final List<WarUpdate> updates = new ArrayList<>();
    final List<Observation> changes = new ArrayList<>();
    private final Map<String, WarUpdate> latest = new LinkedHashMap<>();
    private final Set<Said> said = new HashSet<>();
    private boolean mayRepeat;

    /** What must not be said twice. */
    record Said(String id, Lifecycle lifecycle, long revision) {
        static Said of(WarUpdate update) {
            return new Said(update.war().id(), update.lifecycle(), update.war().revision());
        }
    }

    /** From now on what was said may be said again, word by word: it was not known to have been said. */
    void mayRepeat() {
        mayRepeat = true;
    }

    @Override
    public void war(WarUpdate update) {
        Said what = Said.of(update);
        if (!said.add(what)) {
            if (mayRepeat) {
                return;
            }
            throw new AssertionError("said twice: " + what);
        }
        updates.add(update);
        War war = update.war();
        WarUpdate before = latest.get(war.id());
        if (before == null ? update.lifecycle() != Lifecycle.OPENED : !mayFollow(update, before)) {
            throw new AssertionError(what + " after " + (before == null ? "nothing" : Said.of(before)));
        }
        if ((war.state() == WarState.ENDED) != (update.lifecycle() == Lifecycle.ENDED)
                && update.lifecycle() != Lifecycle.WITHDRAWN) {
            throw new AssertionError(what + " says " + war.state());
        }
        latest.put(war.id(), update);
    }

    private static boolean mayFollow(WarUpdate update, WarUpdate before) {
        boolean fought = before.war().state() == WarState.ONGOING;
        boolean fits = switch (update.lifecycle()) {
            // The same few writes may make the same finding again, once the war that it gave way to is over.
            case OPENED -> before.lifecycle() == Lifecycle.WITHDRAWN;
            case ONGOING, ENDED -> fought;
            case REOPENED -> !fought;
            case WITHDRAWN -> true;
        };
        boolean gone = before.lifecycle() == Lifecycle.WITHDRAWN;
        return fits
                && (!gone || update.lifecycle() == Lifecycle.OPENED)
                && update.war().revision() > before.war().revision();
    }

    @Override
    public void changes(ObjectRef object, Observation write) {
        changes.add(write);
    }

    /** Wars and findings as they stand, those left out that were withdrawn or are muted. */
    List<War> standing() {
        return latest.values().stream()
                .filter(update -> update.lifecycle() != Lifecycle.WITHDRAWN)
                .map(WarUpdate::war)
                .toList();
    }

    Set<Said> said() {
        return said;
    }
}
