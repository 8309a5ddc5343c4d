package io.patchwar.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchwar.broker.BrokerProcess;
import io.patchwar.broker.BrokerProcessConfig;
import io.patchwar.model.War;
import io.patchwar.processor.config.ProcessorConfig;
import io.patchwar.processor.stage.BrokerStage;
import io.patchwar.processor.stage.Instance;
import io.patchwar.processor.stage.Signals;
import io.patchwar.processor.stage.Skirmish;
import io.patchwar.processor.stage.TestConfigs;
import io.patchwar.processor.stage.WarsTopic;
import io.patchwar.processor.stage.WarsWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults at full length, {@code make soak}: two instances over a broker, all JVMs of their own, sixteen wars fought as time really
 * goes, and again and again something dies, stops or stands still. Prints what each fault cost, and in the end accounts for
 * everything: the wars are the core's, reversal for reversal.
 */
@EnabledIfSystemProperty(named = "patchwar.soak.rounds", matches = "[1-9][0-9]*")
class SoakIT {
    private static final int ROUNDS = Integer.getInteger("patchwar.soak.rounds", 0);
    private static final String DELIVERY = System.getProperty("patchwar.soak.delivery", "at-least-once");
    private static final Duration UNHEARD = Duration.ofSeconds(Integer.getInteger("patchwar.soak.unheard", 300));
    private static final Duration PAUSED = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final int FEUDS = 16;

    @TempDir
    private static Path data;

    private final List<String> account = new ArrayList<>();
    private BrokerProcess broker;
    private Skirmish skirmish;
    private WarsWatch wars;
    private Instance a;
    private Instance b;

    @Test
    void losesAndDoublesNothingWhateverHappens() throws Exception {
        try (BrokerProcess running =
                BrokerProcess.start(BrokerProcessConfig.in(data.resolve("broker")), says -> say("broker: " + says))) {
            broker = running;
            ProcessorConfig config = TestConfigs.named("soak", broker.bootstrap(), data.resolve("none"), PARTITIONS);
            try (BrokerStage stage = new BrokerStage(config);
                    WarsWatch watch =
                            new WarsWatch(broker.bootstrap(), config.kafka().topics());
                    Skirmish fighting =
                            new Skirmish(broker.bootstrap(), config.kafka().topics(), FEUDS)) {
                wars = watch;
                skirmish = fighting;
                a = start("a");
                b = start("b");
                await().atMost(BrokerStage.PATIENCE).until(() -> wars.wars() == FEUDS);
                for (int round = 1; round <= ROUNDS; round++) {
                    say("round " + round + " of " + ROUNDS);
                    kill();
                    stop();
                    zombie();
                    storm();
                    pauseBroker();
                    killBroker();
                }
                if (!UNHEARD.isZero()) {
                    unheard();
                }
                skirmish.end();
                stage.awaitProcessed();
                accountFor(stage);
            } finally {
                close(a);
                close(b);
            }
        }
    }

    private void kill() throws Exception {
        wars.forgetGaps();
        b.kill();
        pass(Duration.ofSeconds(25));
        gap("kill -9 of one of two", Duration.ofSeconds(10));
        b = start("b");
    }

    private void stop() throws Exception {
        settle();
        assertThat(b.stop()).isEqualTo(143);
        pass(Duration.ofSeconds(10));
        gap("clean stop of one of two", Duration.ofSeconds(6));
        b = start("b");
    }

    private void zombie() throws Exception {
        settle();
        a.pause();
        pass(Duration.ofSeconds(20));
        a.resume();
        pass(Duration.ofSeconds(10));
        // Who reads what is committed waits for the sleeper's transaction, too, which the broker gives up after ten
        // seconds, and looks
        // for every ten.
        gap(
                "one of two stopped for 20 s, and awake again",
                Duration.ofSeconds(DELIVERY.equals("exactly-once") ? 30 : 10));
        a.awaitReady();
    }

    private void storm() throws Exception {
        settle();
        for (int i = 0; i < 5; i++) {
            Instance third = start("c");
            assertThat(third.stop()).isEqualTo(143);
        }
        gap("a third instance came and went five times", Duration.ofSeconds(10));
    }

    private void pauseBroker() throws Exception {
        settle();
        Signals.pause(broker.pid());
        try {
            pass(PAUSED);
            assertThat(a.status("/livez"))
                    .as("alive while the broker stands still")
                    .isEqualTo(200);
            assertThat(a.status("/readyz"))
                    .as("not ready while the broker stands still")
                    .isEqualTo(503);
        } finally {
            Signals.resume(broker.pid());
        }
        a.awaitReady();
        b.awaitReady();
        settled();
        gap("broker stood still for " + PAUSED.toSeconds() + " s", PAUSED.plusSeconds(15));
    }

    private void killBroker() throws Exception {
        settle();
        ProcessHandle.of(broker.pid()).ifPresent(ProcessHandle::destroyForcibly);
        pass(Duration.ofSeconds(5));
        a.awaitReady();
        b.awaitReady();
        settled();
        gap("kill -9 of the broker, which is started again", Duration.ofSeconds(30));
    }

    /** Once: it takes as long as a war takes to end. */
    private void unheard() throws Exception {
        settle();
        int ended = wars.lifecycles().getOrDefault("ended", 0);
        skirmish.mood(Skirmish.Mood.UNHEARD);
        pass(UNHEARD);
        assertThat(wars.lifecycles().getOrDefault("ended", 0))
                .as("ended without being heard")
                .isEqualTo(ended);
        say("unheard for " + UNHEARD.toSeconds() + " s: no war ended");
        skirmish.mood(Skirmish.Mood.QUIET);
        await().atMost(Duration.ofMinutes(15))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> wars.lifecycles().getOrDefault("ended", 0) >= ended + FEUDS);
        say("heard again and quiet: all " + FEUDS + " wars ended by heartbeats alone");
        skirmish.mood(Skirmish.Mood.FIGHTING);
        settled();
    }

    /** Input and output, told and asserted. */
    private void accountFor(BrokerStage stage) throws Exception {
        WarsTopic topic = wars.topic();
        Map<String, Long> said = topic.latest().values().stream()
                .collect(Collectors.toMap(
                        war -> war.path("id").asText(),
                        war -> war.path("reversals").asLong()));
        Map<String, Long> core = skirmish.core().stream().collect(Collectors.toMap(War::id, War::reversals));
        say(skirmish.events() + " writes sent, " + stage.lag() + " records not judged, " + topic.records()
                + " updates of " + said.size() + " wars, lifecycles " + wars.lifecycles() + ", "
                + topic.repeated() + " announcements made again, of these "
                + topic.saidOtherwise().size()
                + " in other words (" + DELIVERY + ")");
        System.out.println("\n" + String.join("\n", account) + "\n");
        assertThat(stage.lag()).isZero();
        assertThat(said.keySet()).isEqualTo(core.keySet());
        assertThat(topic.repeated()).isZero();
    }

    private Instance start(String name) throws IOException {
        return Instance.start(data.resolve(name), broker.bootstrap(), "soak", PARTITIONS, ", delivery: " + DELIVERY)
                .awaitReady();
    }

    /** Both have partitions, and every war is told of again. */
    private void settle() {
        await().atMost(BrokerStage.PATIENCE)
                .until(() -> a.metric("patchwar_watched_partitions") > 0
                        && b.metric("patchwar_watched_partitions") > 0
                        && a.metric("patchwar_watched_partitions") + b.metric("patchwar_watched_partitions")
                                == PARTITIONS);
        settled();
        wars.forgetGaps();
    }

    private void settled() {
        int records =
                wars.lifecycles().values().stream().mapToInt(Integer::intValue).sum();
        await().atMost(BrokerStage.PATIENCE)
                .until(() -> wars.lifecycles().values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum()
                                - records
                        > 2 * FEUDS);
    }

    private void gap(String fault, Duration most) {
        Duration gap = wars.longestGap();
        say("%s: nothing said of some war for %.1f s (at most %d s asked for)"
                .formatted(fault, gap.toMillis() / 1e3, most.toSeconds()));
        assertThat(gap).as(fault).isLessThan(most);
    }

    private void say(String what) {
        account.add(what);
        System.out.println("soak: " + what);
    }

    /** The span is the fault: there is nothing to wait for but time. */
    private static void pass(Duration span) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(span.toNanos());
    }

    private static void close(Instance instance) {
        if (instance != null) {
            instance.close();
        }
    }
}
