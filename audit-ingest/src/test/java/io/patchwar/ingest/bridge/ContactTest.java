package io.patchwar.ingest.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.ingest.bridge.BridgeConfig.Start;
import io.patchwar.service.kafka.KafkaConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactTest {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Contact contact = new Contact(new BridgeConfig(
            "b",
            KafkaConnection.to("hub:9093"),
            List.of("audit", "audti"),
            "g",
            ClusterNaming.always("c"),
            Start.EARLIEST,
            BridgeConfig.PATIENCE));

    @Test
    void saysThatNobodyAnswers() {
        contact.asked(null);
        contact.polled(POLL, 0, false);

        assertThat(contact.problem()).startsWith("hub:9093 does not answer; check bridge.bootstrap");
    }

    @Test
    void saysWhichTopicDoesNotExist() {
        contact.asked(List.of("audti"));
        contact.joined(true);
        contact.polled(POLL, 1, true);

        assertThat(contact.problem()).startsWith("no partitions of audti at hub:9093; check bridge.topics");
        contact.asked(List.of());
        assertThat(contact.problem()).isNull();
    }

    @Test
    void saysThatTheGroupHasGivenItNothingUntilItHas() {
        contact.asked(List.of());
        contact.polled(POLL, 0, false);
        assertThat(contact.problem()).startsWith("group g at hub:9093 has not given this instance its share yet");

        contact.joined(true);
        assertThat(contact.problem()).isNull();
        assertThat(contact.share()).isEqualTo("0 partitions of audit, audti, other instances of group g read them");
        contact.joined(false);
        assertThat(contact.problem()).isNotNull();
    }

    @Test
    void saysThatNoFetchIsAnsweredOnceThatLastsForHalfAMinuteOfPolling() {
        contact.asked(List.of());
        contact.joined(true);
        contact.polled(POLL, 2, true);
        contact.polled(Contact.SILENT.minusMillis(1), 2, false);
        assertThat(contact.problem()).isNull();
        assertThat(contact.share()).isEqualTo("2 partitions of audit, audti, last fetch 29 s ago");

        contact.polled(Duration.ofMillis(1), 2, false);
        assertThat(contact.problem()).startsWith("no fetch was answered by hub:9093 for 30 s; it is tried again");
        contact.polled(Duration.ofSeconds(29), 2, false);
        assertThat(contact.problem())
                .as("not another line of the log every half second")
                .contains(" 30 s;");

        contact.polled(POLL, 2, true);
        assertThat(contact.problem()).isNull();
    }

    @Test
    void anInstanceWithoutAShareFetchesNothingAndIsWell() {
        contact.asked(List.of());
        contact.joined(true);
        contact.polled(Duration.ofHours(1), 0, false);

        assertThat(contact.problem()).isNull();
    }
}
