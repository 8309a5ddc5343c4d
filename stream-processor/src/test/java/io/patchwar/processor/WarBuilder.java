package io.patchwar.processor;

import io.patchwar.model.Confidence;
import io.patchwar.model.Contender;
import io.patchwar.model.Evidence;
import io.patchwar.model.Lifecycle;
import io.patchwar.model.Minutes;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.RecentCounts;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarState;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.WriteLoad;
import io.patchwar.processor.board.BoardView;
import io.patchwar.processor.board.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A war as a test needs it: Argo CD and the HPA over the replicas of a Deployment, warning, begun at {@link #START}. */
public final class WarBuilder {
    public static final Instant START = Instant.parse("2026-11-24T02:46:00Z");

    private String id = "w1";
    private WarClass warClass = WarClass.TUG_OF_WAR;
    private Severity severity = Severity.WARNING;
    private WarState state = WarState.ONGOING;
    private ObjectRef object = new ObjectRef("prod-eu", "apps", "deployments", "shop", "checkout");
    private List<String> fields = List.of("spec.replicas");
    private List<Evidence> evidence = List.of();
    private String muted;
    private WriteLoad load;
    private Instant startedAt = START;
    private Instant lastChangeAt = START.plusSeconds(60);
    private Duration period = Duration.ofSeconds(20);
    private long reversals = 42;
    private long revision = 1;
    private List<Contender> contenders = List.of(
            new Contender(
                    "system:serviceaccount:argocd:argocd-application-controller",
                    "argocd-controller",
                    List.of("argocd-0"),
                    21,
                    0,
                    Map.of("spec.replicas", List.of("3"))),
            new Contender(
                    "system:serviceaccount:kube-system:horizontal-pod-autoscaler",
                    "unknown",
                    List.of(),
                    21,
                    0,
                    Map.of("spec.replicas", List.of("4", "5"))));

    public static WarBuilder war(String id) {
        WarBuilder war = new WarBuilder();
        war.id = id;
        return war;
    }

    public WarBuilder of(WarClass other) {
        warClass = other;
        return this;
    }

    public WarBuilder severity(Severity other) {
        severity = other;
        return this;
    }

    public WarBuilder on(String cluster, String group, String resource, String namespace, String name) {
        object = new ObjectRef(cluster, group, resource, namespace, name);
        return this;
    }

    public WarBuilder named(String name) {
        return on(object.cluster(), object.group(), object.resource(), object.namespace(), name);
    }

    public WarBuilder in(String cluster) {
        return on(cluster, object.group(), object.resource(), object.namespace(), object.name());
    }

    public WarBuilder over(String... paths) {
        fields = List.of(paths);
        return this;
    }

    public WarBuilder evidence(Evidence... some) {
        evidence = List.of(some);
        return this;
    }

    public WarBuilder between(Contender... some) {
        contenders = Arrays.asList(some);
        return this;
    }

    public WarBuilder muted(String why) {
        muted = why;
        return this;
    }

    public WarBuilder since(Instant time) {
        startedAt = time;
        lastChangeAt = lastChangeAt.isBefore(time) ? time : lastChangeAt;
        return this;
    }

    public WarBuilder lastAt(Instant time) {
        lastChangeAt = time;
        return this;
    }

    public WarBuilder every(Duration gap) {
        period = gap;
        return this;
    }

    public WarBuilder reversals(long count) {
        reversals = count;
        return this;
    }

    /** So many writes of so many bytes each, in the minute that ends now. */
    public WarBuilder writing(int writes, int bytes, Instant now) {
        RecentCounts stored = new RecentCounts();
        RecentCounts storedBytes = new RecentCounts();
        for (int i = writes; i > 0; i--) {
            stored.add(now.minusMillis(60_000L * i / writes));
            storedBytes.add(now.minusMillis(60_000L * i / writes), bytes);
        }
        load = new WriteLoad(
                now.minusSeconds(60),
                stored.minutes(),
                stored.minutes(),
                storedBytes.minutes(),
                Minutes.NONE,
                Minutes.NONE,
                Duration.ofMillis(60_000L / writes));
        return this;
    }

    public WarBuilder revision(long number) {
        revision = number;
        return this;
    }

    public WarBuilder ended() {
        state = WarState.ENDED;
        return this;
    }

    public War build() {
        return new War(
                id,
                warClass,
                severity,
                Confidence.CONFIRMED,
                state,
                object,
                "uid-1",
                fields,
                contenders,
                reversals,
                period,
                startedAt,
                lastChangeAt,
                state == WarState.ENDED ? lastChangeAt : null,
                evidence,
                null,
                muted,
                revision,
                load);
    }

    /** As a record of the topic says it. */
    public WarUpdate update() {
        return new WarUpdate(build(), state == WarState.ENDED ? Lifecycle.ENDED : Lifecycle.ONGOING);
    }

    public Standing standing() {
        return new Standing(build(), update().lifecycle(), true, null);
    }

    /** A board with these wars on it. */
    public static BoardView board(WarBuilder... wars) {
        return new BoardView(1, Arrays.stream(wars).map(WarBuilder::standing).toList(), List.of(), Map.of());
    }
}
