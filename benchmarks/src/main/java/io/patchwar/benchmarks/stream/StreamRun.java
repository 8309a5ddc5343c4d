package io.patchwar.benchmarks.stream;

import io.patchwar.model.wire.TopicName;
import io.patchwar.service.kafka.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** One application under load: its topics, its instances, its producer. One thread. */
final class StreamRun implements AutoCloseable {
    /**
     * So many records may lie in Kafka without being committed where there is no rate: several commits' worth, so that the producer
     * waits for the processor and never for the clock.
     */
    private static final long MOST_UNJUDGED = 300_000;

    /** Seconds in which there is a commit for sure. */
    private static final int BETWEEN_COMMITS = 6;

    private static final int MOST_CATCHING_UP = 60;
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Stage stage;
    private final String application;
    private final Topics topics;
    private final List<ProcessorRun> processors = new ArrayList<>();
    private final ScheduledExecutorService clock;
    private final Load load;
    private volatile long committed;

    /**
     * Begins, with as many events as are judged.
     *
     * @param clusters in which each write happens
     */
    StreamRun(Stage stage, StreamOptions options, String application, int instances, int clusters)
            throws IOException, InterruptedException {
        this.stage = stage;
        this.application = application;
        this.topics = stage.topics(application, options.partitions());
        for (int i = 0; i < instances; i++) {
            processors.add(ProcessorRun.start(home(i), stage.bootstrap(), application, options));
        }
        for (ProcessorRun processor : processors) {
            processor.awaitReady(READY);
        }
        ThreadFactory daemon = work -> {
            Thread thread = new Thread(work, "lag");
            thread.setDaemon(true);
            return thread;
        };
        this.clock = Executors.newSingleThreadScheduledExecutor(daemon);
        this.load = new Load(
                stage.bootstrap(),
                topics.name(TopicName.AUDIT_EVENTS),
                options.partitions(),
                new WriteStream(1, options.wars(), clusters),
                this::room);
        var unused = clock.scheduleAtFixedRate(
                () -> committed = stage.committed(application, topics), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        load.start();
    }

    Path home(int instance) {
        return stage.home().resolve(application + "-" + instance);
    }

    Topics topics() {
        return topics;
    }

    Load load() {
        return load;
    }

    ProcessorRun processor(int instance) {
        return processors.get(instance);
    }

    private long room() {
        return MOST_UNJUDGED - lag();
    }

    private long lag() {
        return Math.max(0, load.records() - committed);
    }

    /** Lets that time pass. */
    void pass(int seconds) throws IOException, InterruptedException {
        measure(seconds);
    }

    /**
     * Lets everybody's compilers do their work under as much load as there can be, then goes on at a rate, and waits until what
     * has piled up is judged.
     */
    void warmUp(int seconds, int rate) throws IOException, InterruptedException {
        pass(seconds);
        if (rate > 0) {
            load.rate(rate);
            for (int waited = 0; waited < MOST_CATCHING_UP; waited += BETWEEN_COMMITS) {
                // Just after a commit the lag is what is really not judged yet.
                if (measure(BETWEEN_COMMITS).leastLag() < rate / 2) {
                    return;
                }
            }
        }
    }

    /** Watches for that long. */
    Window measure(int seconds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long sent = load.records();
        long judged = committed;
        double processor = processorCpu();
        double broker = stage.broker().cpuSeconds();
        double producer = ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds();
        long[] lag = new long[seconds];
        for (int second = 0; second < seconds; second++) {
            long due = start + TimeUnit.SECONDS.toNanos(second + 1);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            load.check();
            lag[second] = lag();
            if (second % 10 == 9) {
                System.err.printf(
                        Locale.ROOT,
                        "%s %d s: %,d events sent, %,d in Kafka and not judged%n",
                        application,
                        second + 1,
                        load.events(),
                        lag[second]);
            }
        }
        return new Window(
                (System.nanoTime() - start) / 1e9,
                load.records() - sent,
                committed - judged,
                lag,
                processorCpu() - processor,
                stage.broker().cpuSeconds() - broker,
                ProcessUsage.of(ProcessHandle.current().pid()).cpuSeconds() - producer);
    }

    private double processorCpu() throws IOException {
        double all = 0;
        for (ProcessorRun each : processors) {
            all += each.usage().cpuSeconds();
        }
        return all;
    }

    /** Stops the producer, and waits until all is judged. */
    void drain(Duration most) throws InterruptedException {
        load.stop();
        long deadline = System.nanoTime() + most.toNanos();
        while (lag() > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(lag() + " records are not judged after " + most.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    @Override
    public void close() {
        load.close();
        clock.shutdownNow();
        processors.forEach(processor -> {
            try {
                processor.stop();
            } catch (IOException e) {
                System.err.println(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                processor.close();
            }
        });
    }
}
