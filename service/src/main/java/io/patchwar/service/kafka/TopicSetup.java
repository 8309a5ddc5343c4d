package io.patchwar.service.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the topics or makes them, and returns only when every partition answers: who produces earlier loses its first
 * batches, idempotence and all acknowledgements notwithstanding (KAFKA-15591). Does not own the admin client. One thread.
 */
public final class TopicSetup {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Admin admin;
    private final Duration patience;

    /**
     * @param patience how long all of it may take
     */
    public TopicSetup(Admin admin, Duration patience) {
        this.admin = admin;
        this.patience = patience;
    }

    /**
     * Makes what is absent (if that is allowed) and checks what is there.
     *
     * @throws TopicProblems everything that is wrong, each with what to do
     * @throws BrokerRefusal if Kafka answered that it cannot, or will not
     * @throws TimeoutException if Kafka did not answer for as long as that
     */
    public void prepare(List<TopicSpec> specs, boolean mayCreate)
            throws TopicProblems, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Set<String> present = get(admin.listTopics().names(), deadline);
        List<TopicSpec> absent =
                specs.stream().filter(spec -> !present.contains(spec.name())).toList();
        if (!absent.isEmpty() && !mayCreate) {
            throw new TopicProblems(absent.stream()
                    .map(spec -> spec.name() + ": does not exist, and may not be created here; create it with "
                            + spec.partitions() + " partitions and " + spec.config())
                    .toList());
        }
        create(absent, deadline);
        check(specs, deadline);
        awaitPartitions(specs, deadline);
    }

    private void create(List<TopicSpec> absent, long deadline) throws TimeoutException, InterruptedException {
        for (TopicSpec spec : absent) {
            NewTopic topic = new NewTopic(spec.name(), spec.partitions(), spec.replicas()).configs(spec.config());
            try {
                get(admin.createTopics(List.of(topic)).all(), deadline);
                LOG.info("created topic {} with {} partitions", spec.name(), spec.partitions());
            } catch (BrokerRefusal e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private void check(List<TopicSpec> specs, long deadline)
            throws TopicProblems, TimeoutException, InterruptedException {
        List<String> names = specs.stream().map(TopicSpec::name).toList();
        Map<String, TopicDescription> there = await(names, deadline);
        Map<ConfigResource, Config> configs = get(
                admin.describeConfigs(names.stream()
                                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                                .toList())
                        .all(),
                deadline);
        List<String> problems = new ArrayList<>();
        for (TopicSpec spec : specs) {
            TopicDescription description = there.get(spec.name());
            Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, spec.name()));
            if (description == null || config == null) {
                throw new IllegalStateException("Kafka answered for other topics than " + spec.name());
            }
            int partitions = description.partitions().size();
            if (partitions != spec.partitions()) {
                problems.add(spec.name() + ": has " + partitions + " partitions where " + spec.partitions()
                        + " are configured; keyed state would be lost, so set the number of partitions to " + partitions
                        + ", or use another prefix");
            }
            checkConfig(spec, config, problems);
        }
        if (!problems.isEmpty()) {
            throw new TopicProblems(problems);
        }
    }

    /** What loses data is refused; a retention that an operator chose is theirs. */
    private static void checkConfig(TopicSpec spec, Config config, List<String> problems) {
        for (String key : List.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)) {
            String wanted = spec.config().get(key);
            String set = config.get(key) == null ? null : config.get(key).value();
            boolean enough = wanted == null
                    || wanted.equals(set)
                    || (key.equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                            && set != null
                            && Long.parseLong(set) >= Long.parseLong(wanted));
            if (!enough) {
                problems.add(spec.name() + ": " + key + " is " + set + " and must be " + wanted
                        + "; run kafka-configs.sh --alter --topic " + spec.name() + " --add-config " + key + "="
                        + wanted);
            }
        }
    }

    /** A topic that was just created may be unknown to the broker that is asked. */
    private Map<String, TopicDescription> await(List<String> names, long deadline)
            throws TimeoutException, InterruptedException {
        while (true) {
            try {
                return get(admin.describeTopics(names).allTopicNames(), deadline);
            } catch (BrokerRefusal e) {
                pause(deadline, e);
            }
        }
    }

    /** The only barrier that holds: describing a topic answers before its partitions do. */
    private void awaitPartitions(List<TopicSpec> specs, long deadline) throws TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> all = specs.stream()
                .flatMap(spec -> IntStream.range(0, spec.partitions())
                        .mapToObj(partition -> new TopicPartition(spec.name(), partition)))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        while (true) {
            try {
                get(admin.listOffsets(all).all(), deadline);
                return;
            } catch (BrokerRefusal e) {
                pause(deadline, e);
            }
        }
    }

    private static void pause(long deadline, BrokerRefusal last) throws TimeoutException, InterruptedException {
        if (!last.mayPass()) {
            throw last;
        }
        if (System.nanoTime() - deadline > 0) {
            TimeoutException timeout = new TimeoutException("Kafka did not answer for its topics in time");
            timeout.initCause(last);
            throw timeout;
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }

    private static <T> T get(KafkaFuture<T> future, long deadline) throws TimeoutException, InterruptedException {
        try {
            return future.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                TimeoutException timeout = new TimeoutException("Kafka did not answer: "
                        + Stream.of(e.getCause()).map(Throwable::getMessage).collect(Collectors.joining()));
                timeout.initCause(e);
                throw timeout;
            }
            throw new BrokerRefusal(e.getCause() == null ? e : e.getCause());
        }
    }
}
