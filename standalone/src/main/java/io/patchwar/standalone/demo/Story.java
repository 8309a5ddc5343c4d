package io.patchwar.standalone.demo;

import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.words.Sentence;
import io.patchwar.model.words.Spans;
import io.patchwar.standalone.report.WarCard;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plays the war to running services and tells what they make of it. One thread, and one that plays. */
final class Story {
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration GROWTH = Duration.ofSeconds(3);
    private static final Duration LOOK_ON = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Stage stage;
    private final Narrator narrator;
    private final Performance performance;
    private final Predicate<Duration> stopped;
    private final WarsPage wars;
    private final Replay replay;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    /**
     * @param stopped waits that long, and says whether it is time to end
     */
    Story(Stage stage, Narrator narrator, Tape tape, double speed, Predicate<Duration> stopped) {
        this.stage = stage;
        this.narrator = narrator;
        this.performance = new Performance(tape, speed, InstantSource.system());
        this.stopped = stopped;
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.wars = new WarsPage(http, stage.wars());
        this.replay = new Replay(http, stage.audit("demo"), InstantSource.system());
    }

    /**
     * Tells the story, and goes on until it is stopped, or until the war was shown if {@code once}.
     *
     * @throws IOException if the war does not show up: the message says what was in the way
     */
    void tell(boolean once) throws IOException {
        Thread player = new Thread(this::play, "demo-player");
        player.setDaemon(true);
        player.start();
        try {
            List<War> found = awaitWars();
            if (found.isEmpty()) {
                return;
            }
            showVerdict(found);
            if (!once) {
                showWhereToLook();
                watch(found);
            }
        } finally {
            end(player);
        }
    }

    private void play() {
        try {
            narrator.says(
                    "A cluster is set up: MetalLB, chisel-operator, and three Services of type LoadBalancer, as a real"
                            + " API server wrote it down. These events go to the ingest at once.");
            performance.play(
                    replay,
                    () -> narrator.says("Now both controllers see the Services, and each wants"
                            + " status.loadBalancer.ingress of them for itself. " + pace()));
            performance.playOn(replay);
        } catch (InterruptedException e) {
            // The story is over.
        } catch (IOException e) {
            failure.set(e.getMessage());
        }
    }

    private String pace() {
        return "Some hundred audit events a second, for " + Spans.duration(performance.lasts())
                + " and then again; nobody fails, and so nothing alerts.";
    }

    private List<War> awaitWars() throws IOException {
        Duration deadline = narrator.elapsed().plus(PATIENCE);
        String last = "it knows of no war";
        while (!stopped.test(LOOK)) {
            String broken = failure.get();
            if (broken != null) {
                throw new IOException(broken);
            }
            try {
                List<War> found = wars.read();
                if (!found.isEmpty()) {
                    return found;
                }
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            }
            if (narrator.elapsed().compareTo(deadline) > 0) {
                throw new IOException("the war did not show up at " + stage.wars() + " within " + PATIENCE.toMinutes()
                        + " minutes, though " + replay.sent() + " events were taken in: " + last);
            }
        }
        return List.of();
    }

    /** At once that there is one; a little later, when it has grown, all about it. */
    private void showVerdict(List<War> found) throws IOException {
        narrator.says("Patchwar has seen enough: a war. " + Sentence.of(found.get(0)) + ".");
        var unused = stopped.test(GROWTH); // who asks to stop is shown what is known all the same
        List<War> grown = found;
        try {
            grown = wars.read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        War first = grown.stream()
                .filter(war -> war.id().equals(found.get(0).id()))
                .findFirst()
                .orElse(found.get(0));
        if (grown.size() > 1) {
            narrator.says(grown.size() + " wars by now, one for each Service, and one cause. The first in full:");
        }
        narrator.shows(WarCard.render(first, narrator.width(), narrator.isColoured()));
    }

    private void showWhereToLook() {
        narrator.titles("Look around");
        narrator.points("page", stage.page().toString());
        narrator.points("wars", stage.wars() + "/" + "{id}");
        narrator.points("metrics", stage.metrics().toString());
        narrator.points("ingest", stage.ingest() + "/audit/{cluster}  (POST audit events of your own)");
        narrator.says("The war goes on. Ctrl-C ends it and everything that was started.");
    }

    /** Tells what changes; a war of a minute is judged by its rate. */
    private void watch(List<War> known) throws IOException {
        Severity worst = worst(known);
        int count = known.size();
        while (!stopped.test(LOOK_ON)) {
            String broken = failure.get();
            if (broken != null) {
                throw new IOException(broken);
            }
            try {
                List<War> now = wars.read();
                if (now.size() > count) {
                    count = now.size();
                    narrator.says(count + " wars now.");
                }
                if (worst(now) != worst && !now.isEmpty()) {
                    worst = worst(now);
                    narrator.says("The worst is " + worst.word() + " now, "
                            + Spans.number(now.get(0).reversals()) + " reversals in the first.");
                }
            } catch (IOException e) {
                narrator.says("The list of wars cannot be read just now: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static Severity worst(List<War> wars) {
        return wars.stream().map(War::severity).max(Severity::compareTo).orElse(Severity.INFO);
    }

    private static void end(Thread player) {
        player.interrupt();
        try {
            player.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
