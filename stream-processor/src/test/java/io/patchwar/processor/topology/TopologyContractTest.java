package io.patchwar.processor.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.processor.stage.EventRecord;
import io.patchwar.processor.stage.TestConfigs;
import io.patchwar.processor.stage.WarsTopic;
import io.patchwar.scenario.DetectionContract;
import io.patchwar.scenario.Engine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The topology says of every scenario what the core says. All are judged in one topology, each as a cluster of its own, so that
 * they also must not disturb one another.
 */
class TopologyContractTest extends DetectionContract {
    @TempDir
    private static Path directory;

    private static DrivenTopology topology;
    private static final WarsTopic WARS = new WarsTopic();
    private static int clusters;

    @BeforeAll
    static void start() {
        topology = new DrivenTopology(TestConfigs.on("127.0.0.1:1", directory, 1));
    }

    @AfterAll
    static void stop() {
        topology.close();
    }

    @Override
    protected Engine engine() {
        return TopologyContractTest::judge;
    }

    private static JsonNode judge(List<byte[]> lines) {
        String cluster = "cluster-" + clusters++;
        double accepted = events("accepted");
        double skipped = events("skipped");
        double rejected = events("rejected");
        Instant last = Instant.EPOCH;
        int read = 0;
        for (byte[] line : lines) {
            for (EventRecord event : EventRecord.of(line, cluster, "apiserver")) {
                topology.pipe(event);
                last = event.stamp().isAfter(last) ? event.stamp() : last;
                read++;
            }
        }
        // The source is not said to deliver in order, so all is held until it is heard that the grace is over.
        topology.pipe(EventRecord.heartbeat(cluster, "apiserver", last.plusMillis(5_001), false));
        topology.written("wars").forEach(war -> WARS.take(war.key(), war.value()));
        ObjectNode document = WARS.document(cluster);
        ObjectNode input = document.putObject("input");
        input.put("read", read);
        input.put("accepted", (long) (events("accepted") - accepted));
        input.putObject("skipped").put("all", (long) (events("skipped") - skipped));
        input.putObject("rejected").put("all", (long) (events("rejected") - rejected));
        return document;
    }

    private static double events(String outcome) {
        return topology.counted("patchwar.stream.events", "outcome", outcome);
    }
}
