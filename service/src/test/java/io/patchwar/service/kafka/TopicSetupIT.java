package io.patchwar.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchwar.broker.InProcessBroker;
import io.patchwar.broker.LoopbackPorts;
import io.patchwar.model.wire.TopicName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker, each test under a prefix of its own. */
class TopicSetupIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path data;

    private static InProcessBroker broker;
    private static Admin admin;

    @BeforeAll
    static void start() {
        broker = InProcessBroker.over(data);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void makesWhatIsAbsentAndFindsItTheNextTime() throws Exception {
        Topics topics = new Topics("made-", 3, (short) 1);
        new TopicSetup(admin, PATIENCE).prepare(topics.all(), true);

        assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS))
                .contains("made-audit-events", "made-wars", "made-conflicts", "made-audit-events-dlq");
        assertThatCode(() -> new TopicSetup(admin, PATIENCE).prepare(topics.all(), false))
                .doesNotThrowAnyException();
    }

    @Test
    void tellsWhatToMakeWhereItMayNot() {
        Topics topics = new Topics("forbidden-", 3, (short) 1);

        assertThatThrownBy(() -> new TopicSetup(admin, PATIENCE).prepare(topics.all(), false))
                .isInstanceOfSatisfying(
                        TopicProblems.class,
                        e -> assertThat(e.problems())
                                .hasSize(TopicName.values().length)
                                .anySatisfy(problem -> assertThat(problem)
                                        .startsWith(
                                                "forbidden-wars: does not exist, and may not be created here; create it with"
                                                        + " 3 partitions")
                                        .contains("cleanup.policy=compact")));
    }

    @Test
    void refusesAnotherNumberOfPartitions() throws Exception {
        new TopicSetup(admin, PATIENCE).prepare(new Topics("fewer-", 2, (short) 1).all(), true);

        assertThatThrownBy(() ->
                        new TopicSetup(admin, PATIENCE).prepare(new Topics("fewer-", 3, (short) 1).all(), true))
                .isInstanceOf(TopicProblems.class)
                .hasMessageContaining(
                        "fewer-audit-events: has 2 partitions where 3 are configured; keyed state would be"
                                + " lost, so set the number of partitions to 2");
    }

    @Test
    void refusesToCompactWhatMustBeKeptAndToDeleteWhatMustBeCompacted() throws Exception {
        Topics topics = new Topics("policy-", 1, (short) 1);
        admin.createTopics(List.of(
                        new NewTopic("policy-wars", 1, (short) 1).configs(Map.of("max.message.bytes", "8000000"))))
                .all()
                .get(30, TimeUnit.SECONDS);

        assertThatThrownBy(() -> new TopicSetup(admin, PATIENCE).prepare(topics.all(), true))
                .isInstanceOf(TopicProblems.class)
                .hasMessage("policy-wars: cleanup.policy is delete and must be compact; run kafka-configs.sh --alter"
                        + " --topic policy-wars --add-config cleanup.policy=compact");
    }

    /** One broker of three is up: the others come. */
    @Test
    void saysThatMoreBrokersAreNeededForSoManyReplicas() {
        List<TopicSpec> topics = new Topics("replicas-", 1, (short) 3).all();

        assertThatThrownBy(() -> new TopicSetup(admin, PATIENCE).prepare(topics, true))
                .isInstanceOfSatisfying(
                        BrokerRefusal.class,
                        refusal -> assertThat(refusal.mayPass()).isTrue())
                .hasMessageContaining("set kafka.topics.replicas lower");
    }

    @Test
    void leavesARetentionThatAnOperatorChose() throws Exception {
        Topics topics = new Topics("kept-", 1, (short) 1);
        new TopicSetup(admin, PATIENCE).prepare(topics.all(), true);
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, "kept-audit-events"),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("retention.ms", "3600000"), AlterConfigOp.OpType.SET))))
                .all()
                .get(30, TimeUnit.SECONDS);

        assertThatCode(() -> new TopicSetup(admin, PATIENCE).prepare(topics.all(), true))
                .doesNotThrowAnyException();
    }

    /** Several batches in flight into a topic that was just made: without the barrier most such topics lose some (KAFKA-15591). */
    @Test
    void comesBackOnlyWhenNothingCanBeLostAnyMore() throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (var producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrap(),
                        "acks", "all",
                        "batch.size", 200,
                        "linger.ms", 0,
                        "request.timeout.ms", 3_000,
                        "delivery.timeout.ms", 6_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int topic = 0; topic < 10; topic++) {
                String name = "fresh-" + topic;
                new TopicSetup(admin, PATIENCE).prepare(List.of(new TopicSpec(name, 8, (short) 1, Map.of())), true);
                IntStream.range(0, 200)
                        .forEach(i -> sent.add(producer.send(new ProducerRecord<>(name, i % 8, null, new byte[150]))));
            }
            producer.flush();
        }

        for (Future<RecordMetadata> one : sent) {
            assertThat(one.get().hasOffset()).isTrue();
        }
    }

    @Test
    void givesUpInTimeWhereNobodyAnswers() {
        String nobody = "127.0.0.1:" + LoopbackPorts.free();
        Admin lost = Admin.create(Map.of("bootstrap.servers", nobody));
        assertThatThrownBy(() ->
                        new TopicSetup(lost, Duration.ofMillis(300)).prepare(new Topics("", 1, (short) 1).all(), true))
                .isInstanceOf(TimeoutException.class);
        lost.close(Duration.ZERO);
    }
}
