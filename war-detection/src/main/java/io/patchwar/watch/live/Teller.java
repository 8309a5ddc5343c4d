package io.patchwar.watch.live;

import io.patchwar.detection.Verdict;
import io.patchwar.model.Lifecycle;
import io.patchwar.model.WarState;
import io.patchwar.model.WarUpdate;
import io.patchwar.pressure.SeverityJudge;
import io.patchwar.pressure.WarRate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the sink of wars: every change of their lifecycle, and now and then that they go on. One thread. */
final class Teller {
    private final LiveSink sink;
    private final Duration progress;
    private long ongoing;

    Teller(LiveSink sink, Duration progress) {
        this.sink = sink;
        this.progress = progress;
    }

    /** How many wars and findings are told of as fought. */
    long ongoing() {
        return ongoing;
    }

    /** So many more are known to be fought: they were told of before. */
    void knows(long more) {
        ongoing += more;
    }

    /** Says what the verdicts change. */
    void tell(LiveObject object, List<Verdict> verdicts, LiveCluster cluster) {
        for (Verdict verdict : verdicts) {
            tell(object, verdict, cluster);
        }
    }

    private void tell(LiveObject object, Verdict verdict, LiveCluster cluster) {
        Told told = object.told().get(verdict.id());
        if (verdict.withdrawn()) {
            if (told != null) {
                object.told().remove(verdict.id());
                ongoing -= told.ended ? 0 : 1;
                say(object, verdict, Lifecycle.WITHDRAWN, cluster);
            }
            return;
        }
        Lifecycle change = change(told, verdict.state());
        if (change == null) {
            return;
        }
        if (told == null) {
            told = new Told(cluster.passed());
            object.told().put(verdict.id(), told);
        }
        if (change == Lifecycle.ONGOING && cluster.passed().isBefore(told.at.plus(progress))) {
            told.pending = true;
            return;
        }
        switch (change) {
            case OPENED, REOPENED -> ongoing++;
            case ENDED -> ongoing--;
            default -> {}
        }
        told.ended = change == Lifecycle.ENDED;
        saidNow(told, cluster);
        say(object, verdict, change, cluster);
    }

    private static @Nullable Lifecycle change(@Nullable Told told, WarState state) {
        boolean ended = state == WarState.ENDED;
        if (told == null) {
            // What ends with the write that opened it had no room to be followed.
            return ended ? null : Lifecycle.OPENED;
        }
        if (told.ended) {
            return ended ? null : Lifecycle.REOPENED;
        }
        return ended ? Lifecycle.ENDED : Lifecycle.ONGOING;
    }

    /** Says how wars stand of which too much was said to say it at once. */
    void catchUp(LiveObject object, LiveCluster cluster) {
        for (Map.Entry<String, Told> each : object.told().entrySet()) {
            Told told = each.getValue();
            boolean due = told.pending && !cluster.passed().isBefore(told.at.plus(progress));
            Verdict standing = due ? object.history().standing(each.getKey(), cluster.passed()) : null;
            if (standing != null) {
                saidNow(told, cluster);
                say(object, standing, Lifecycle.ONGOING, cluster);
            }
        }
        object.told().keySet().removeIf(id -> !object.history().follows(id));
    }

    private static void saidNow(Told told, LiveCluster cluster) {
        told.at = cluster.passed();
        told.pending = false;
    }

    private void say(LiveObject object, Verdict verdict, Lifecycle lifecycle, LiveCluster cluster) {
        object.speak();
        Instant now = cluster.passed();
        var severity = SeverityJudge.judge(new WarRate(
                verdict.warClass(),
                verdict.object(),
                verdict.fields(),
                verdict.lately(),
                verdict.storedLately(),
                cluster.writtenLately(now),
                Duration.between(verdict.startedAt(), now),
                verdict.lastGap(),
                null));
        sink.war(new WarUpdate(verdict.war().withSeverity(severity), lifecycle));
    }
}
