package io.patchwar.processor.alerting;

import io.patchwar.service.http.NoAnswer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** One harmless alert on the way that all others take: of severity {@code info}, over after a few minutes. Stateless. */
public final class TestAlert {
    private static final String NAME = "PatchWarTest";
    private static final Duration HOLDS = Duration.ofMinutes(5);

    private TestAlert() {}

    /**
     * What came back.
     *
     * @param instance the Alertmanager, with the address that was told
     */
    public record Outcome(String instance, PostResult posted) {}

    /** Tells every instance of every Alertmanager once; takes no longer than their timeouts together. */
    public static List<Outcome> send(AlertSettings settings, Resolver resolver, InstantSource clock)
            throws InterruptedException {
        byte[] json = AlertJson.of(List.of(alert(settings, clock.instant())));
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setDaemon(true);
        start(threads);
        List<Outcome> outcomes = new ArrayList<>();
        try {
            for (AlertmanagerSettings target : settings.alertmanagers()) {
                String host = target.url().getHost();
                try {
                    for (InetAddress address : resolver.instances(host)) {
                        try (Post post = new HttpPost(target, address, threads)) {
                            outcomes.add(
                                    new Outcome(target.url() + " (" + address.getHostAddress() + ")", post.send(json)));
                        }
                    }
                } catch (UnknownHostException e) {
                    PostResult none = PostResult.none(NoAnswer.words(e, target.url()), Duration.ZERO);
                    outcomes.add(new Outcome(target.url().toString(), none));
                }
            }
        } finally {
            stop(threads);
        }
        return outcomes;
    }

    private static Alert alert(AlertSettings settings, Instant now) {
        Map<String, String> labels = new LinkedHashMap<>(settings.labels());
        labels.put(Labels.NAME, NAME);
        labels.put(Labels.SEVERITY, "info");
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", "Patchwar can reach this Alertmanager.");
        annotations.put(
                "description", "Sent by `patchwar alert-test`. There is nothing to do; it resolves in five minutes.");
        Links links = new Links(settings);
        links.put(annotations, links.wars(), null);
        return new Notice(labels, annotations, now, links.wars()).until(now.plus(HOLDS));
    }

    private static void start(QueuedThreadPool threads) {
        try {
            threads.start();
        } catch (Exception e) {
            throw new IllegalStateException("cannot start threads", e);
        }
    }

    private static void stop(QueuedThreadPool threads) {
        try {
            threads.stop();
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop threads", e);
        }
    }
}
