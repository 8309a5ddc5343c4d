package io.patchwar.processor.alerting;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a batch to one instance. A passing failure is tried once more, after a moment that differs from instance to instance;
 * after that the next repetition is soon enough. A batch that is refused for its content is halved until the alert that
 * nobody wants is found, so that it costs no other. One thread.
 */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Post post;
    private final TargetMeters meters;
    private final Pause pause;
    private final DoubleSupplier dice;

    /** Lets time pass. */
    interface Pause {
        void of(Duration span) throws InterruptedException;
    }

    Courier(Post post, TargetMeters meters) {
        this(
                post,
                meters,
                span -> Thread.sleep(span.toMillis()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    Courier(Post post, TargetMeters meters, Pause pause, DoubleSupplier dice) {
        this.post = post;
        this.meters = meters;
        this.pause = pause;
        this.dice = dice;
    }

    /**
     * What came of it.
     *
     * @param accepted alerts that were taken
     * @param last the answer that tells most: the last failure, or the last success
     */
    record Result(List<Alert> accepted, PostResult last) {}

    Result deliver(List<Alert> batch) throws InterruptedException {
        byte[] json = AlertJson.of(batch);
        PostResult posted = sent(json, batch.size());
        if (posted.mayPass()) {
            long span = LONGEST_PAUSE.minus(SHORTEST_PAUSE).toMillis();
            pause.of(SHORTEST_PAUSE.plusMillis((long) (dice.getAsDouble() * span)));
            posted = sent(json, batch.size());
        }
        if (posted.isAccepted()) {
            return new Result(batch, posted);
        }
        if (posted.isAboutContent() && batch.size() > 1) {
            return halved(batch);
        }
        if (posted.isAboutContent()) {
            meters.refused();
            LOG.warn("Alertmanager refuses the alert {}: {}", batch.get(0).labels(), posted);
        } else {
            meters.failed(batch.size());
        }
        return new Result(List.of(), posted);
    }

    private Result halved(List<Alert> batch) throws InterruptedException {
        int half = batch.size() / 2;
        Result first = deliver(batch.subList(0, half));
        Result second = deliver(batch.subList(half, batch.size()));
        List<Alert> accepted = java.util.stream.Stream.concat(first.accepted().stream(), second.accepted().stream())
                .toList();
        return new Result(accepted, first.last().isAccepted() ? second.last() : first.last());
    }

    private PostResult sent(byte[] json, int alerts) throws InterruptedException {
        PostResult posted = post.send(json);
        meters.request(posted, alerts);
        return posted;
    }
}
