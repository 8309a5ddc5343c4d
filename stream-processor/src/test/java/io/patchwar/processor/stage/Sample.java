package io.patchwar.processor.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * Some runs of the scenarios, each a cluster of its own, sent in two halves with a fault between them; the core alone is the oracle.
 * Immutable.
 */
public record Sample(List<Play> plays) {
    /** Every so-manieth run of all scenarios. */
    private static final int EVERY = Integer.getInteger("patchwar.faults.sample", 12);

    public Sample {
        plays = List.copyOf(plays);
    }

    public static Sample ofScenarios() {
        List<Play> all = Play.all();
        List<Play> plays = new ArrayList<>();
        for (int i = 0; i < all.size(); i += EVERY) {
            plays.add(all.get(i));
        }
        return new Sample(plays);
    }

    /** Sends the first or the second half of each run; behind the second, what lets the grace pass. */
    public void sendHalf(BrokerStage stage, int half) {
        for (Play play : plays) {
            List<EventRecord> records = play.records();
            int middle = records.size() / 2;
            stage.send(half == 0 ? records.subList(0, middle) : records.subList(middle, records.size()));
            if (half == 1) {
                stage.send(EventRecord.heartbeat(
                        play.cluster(), "apiserver", play.last().plusMillis(5_001), false));
            }
        }
    }

    /** The topic holds the wars of an undisturbed run, and nothing was announced twice. */
    public void assertUndisturbed(WarsTopic wars) {
        assertComplete(wars);
        assertThat(wars.repeated()).as("announced twice").isZero();
    }

    /** The topic holds the wars of an undisturbed run, and none was announced as anything else than it was. */
    public void assertComplete(WarsTopic wars) {
        List<String> differences = new ArrayList<>();
        plays.forEach(play -> differences.addAll(play.differences(wars)));
        assertThat(differences).isEmpty();
        assertThat(wars.saidOtherwise()).as("announced twice, and not alike").isEmpty();
    }
}
