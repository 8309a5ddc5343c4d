package io.patchwar.processor.board;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.patchwar.model.WarState;
import io.patchwar.pressure.ClusterPressure;
import io.patchwar.pressure.Pressure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * The board in numbers. Every instance has the whole board, so every instance gives the same: take the largest of them, not
 * their sum. Labels are cluster, severity and class, the clusters being as many as the board keeps.
 */
public final class BoardMetrics {
    private static final String CLUSTER = "cluster";

    private final MeterRegistry registry;
    private final MultiGauge active;
    private final MultiGauge muted;
    private final MultiGauge heard;
    private final MultiGauge growth;
    private final MultiGauge plateau;
    private final MultiGauge share;
    private final MultiGauge timeToQuota;
    private final AtomicLong known = new AtomicLong();
    private final AtomicLong conflicts = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();

    /** What was fought once stays, at zero: a line that only breaks off does not say that the war is over. */
    private final Map<Tags, Integer> fought = new HashMap<>();

    private final Map<Tags, Integer> silent = new HashMap<>();

    public BoardMetrics(MeterRegistry registry) {
        this.registry = registry;
        active =
                gauge("patchwar.active.wars", "Wars and findings that go on and that nobody muted, of the whole board");
        muted = gauge("patchwar.muted.wars", "Wars and findings that go on and are muted, of the whole board");
        heard = gauge("patchwar.cluster.heard", "1 if the cluster's clock has moved lately, else 0");
        growth = gauge(
                "patchwar.etcd.growth.bytes.per.second",
                "How fast all that is fought in the cluster makes its etcd grow until compaction keeps up, as estimated");
        plateau = gauge(
                "patchwar.etcd.plateau.bytes",
                "What all that is fought in the cluster takes of its etcd while it goes on, as estimated");
        share = gauge(
                "patchwar.war.write.share",
                "Share of the cluster's stored writes that contenders of its wars make, 0 to 1");
        timeToQuota = gauge(
                "patchwar.etcd.time.to.quota.seconds",
                "Time until the cluster's etcd is full if all goes on; absent while it will not be, or its quota is not known");
        Gauge.builder("patchwar.board.wars", known, AtomicLong::get)
                .description("Wars and findings on the board, ended ones included")
                .register(registry);
        Gauge.builder("patchwar.board.conflicts", conflicts, AtomicLong::get)
                .description("Conflicts on the board: wars with one cause")
                .register(registry);
        FunctionCounter.builder("patchwar.board.evicted", evicted, AtomicLong::get)
                .description("Wars and findings that the board forgot for want of room")
                .register(registry);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    void unreadable(String topic) {
        Counter.builder("patchwar.board.unreadable.records")
                .description("Records that the board passed over because they are not of its contract")
                .tag("topic", topic)
                .register(registry)
                .increment();
    }

    /** Brings every figure up to date; one thread. */
    public void show(BoardView view, long forgotten) {
        known.set(view.standings().size());
        conflicts.set(view.conflicts().size());
        evicted.set(forgotten);
        fought.replaceAll((tags, count) -> 0);
        silent.replaceAll((tags, count) -> 0);
        Map<String, Double> shares = new HashMap<>();
        for (Standing standing : view.standings()) {
            String cluster = standing.war().object().cluster();
            if (standing.war().state() == WarState.ENDED || !view.clusters().containsKey(cluster)) {
                continue;
            }
            Tags tags = Tags.of(
                    CLUSTER,
                    cluster,
                    "severity",
                    standing.war().severity().word(),
                    "class",
                    standing.war().warClass().word());
            if (standing.war().muted() != null) {
                silent.merge(Tags.of(CLUSTER, cluster), 1, Integer::sum);
            } else {
                fought.merge(tags, 1, Integer::sum);
            }
            Pressure pressure = standing.pressure();
            Double one = pressure == null ? null : pressure.writeShare();
            shares.merge(cluster, one == null ? 0 : one, Double::sum);
        }
        active.register(rows(fought), true);
        muted.register(rows(silent), true);
        showClusters(view, shares);
    }

    private void showClusters(BoardView view, Map<String, Double> shares) {
        List<Row<?>> heardRows = new ArrayList<>();
        List<Row<?>> shareRows = new ArrayList<>();
        List<Row<?>> timeRows = new ArrayList<>();
        view.clusters().forEach((name, cluster) -> {
            Tags tags = Tags.of(CLUSTER, name);
            heardRows.add(Row.of(tags, cluster.heard() ? 1 : 0));
            shareRows.add(Row.of(tags, Math.min(1, shares.getOrDefault(name, 0.0))));
            Duration time = cluster.pressure().timeToQuota();
            if (time != null) {
                timeRows.add(Row.of(tags, time.toMillis() / 1000.0));
            }
        });
        heard.register(heardRows, true);
        share.register(shareRows, true);
        timeToQuota.register(timeRows, true);
        growth.register(of(view, ClusterPressure::growthPerSecond), true);
        plateau.register(of(view, ClusterPressure::plateauBytes), true);
    }

    private static List<Row<?>> of(BoardView view, ToDoubleFunction<ClusterPressure> figure) {
        List<Row<?>> rows = new ArrayList<>();
        view.clusters()
                .forEach((name, cluster) ->
                        rows.add(Row.of(Tags.of(CLUSTER, name), figure.applyAsDouble(cluster.pressure()))));
        return rows;
    }

    private static List<Row<?>> rows(Map<Tags, Integer> counts) {
        List<Row<?>> rows = new ArrayList<>();
        counts.forEach((tags, count) -> rows.add(Row.of(tags, count)));
        return rows;
    }
}
