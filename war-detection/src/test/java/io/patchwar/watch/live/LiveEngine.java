package io.patchwar.watch.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.model.Lifecycle;
import io.patchwar.model.War;
import io.patchwar.model.WarUpdate;
import io.patchwar.model.wire.WarJson;
import io.patchwar.scenario.Engine;
import io.patchwar.watch.Conflicts;
import io.patchwar.watch.WatchConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The live watch as an engine of the detection contract: every line an event of one partition. */
record LiveEngine(Order order, Fate fate) implements Engine {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is known of the cluster's sources. */
    enum Order {
        /** One, and it delivers in order: judged at once. */
        ONE_IN_ORDER,
        /** Two: held for the grace. */
        TWO
    }

    /** What becomes of the process. */
    enum Fate {
        LIVES,
        /** Stops after every event, and begins anew from the memory. */
        RESTARTS_ALWAYS,
        RESTARTS_HALFWAY,
        /** Crashes here and there, in the middle of a commit, too. */
        CRASHES
    }

    static LiveConfig config() {
        LiveConfig live = LiveConfig.of(WatchConfig.shipped());
        return new LiveConfig(
                live.watch(),
                Duration.ZERO,
                live.hotObjects(),
                live.hotBytes(),
                live.storedBytes(),
                live.mostValueBytes(),
                live.slice());
    }

    @Override
    public JsonNode judge(List<byte[]> auditLines) {
        return document(play(auditLines, config()));
    }

    Partition play(List<byte[]> auditLines, LiveConfig config) {
        Partition partition = new Partition(config);
        partition.heartbeat("default", "a", Instant.EPOCH, true);
        partition.heartbeat("default", order == Order.TWO ? "b" : "a", Instant.EPOCH, true);
        for (byte[] line : auditLines) {
            partition.event("default", "a", line);
        }
        Duration ahead = order == Order.TWO ? config.watch().grace() : Duration.ZERO;
        partition.heartbeat("default", "a", partition.newest().plus(ahead), true);
        Random random = new Random(auditLines.size());
        for (int i = 0; partition.step(); i++) {
            switch (fate) {
                case LIVES -> {}
                case RESTARTS_ALWAYS -> partition.restart();
                case RESTARTS_HALFWAY -> {
                    if (i == partition.size() / 2) {
                        partition.restart();
                    }
                }
                case CRASHES -> mayCrash(partition, random);
            }
        }
        return partition;
    }

    private static void mayCrash(Partition partition, Random random) {
        switch (random.nextInt(16)) {
            case 0, 1 -> partition.commit();
            case 2 -> partition.restart();
            case 3 -> partition.crash(random);
            case 4 -> partition.crashCommitting(random);
            default -> {}
        }
    }

    private static JsonNode document(Partition partition) {
        ObjectNode document = JSON.createObjectNode();
        document.put("schema", WarJson.SCHEMA);
        List<War> standing = partition.topic.standing().stream()
                .filter(war -> war.muted() == null)
                .toList();
        ArrayNode wars = document.putArray("wars");
        ArrayNode findings = document.putArray("findings");
        standing.forEach(war -> (war.warClass().isWar() ? wars : findings).add(tree(war)));
        ArrayNode conflicts = document.putArray("conflicts");
        Conflicts.among(standing.stream().filter(w -> w.warClass().isWar()).toList())
                .forEach(conflict -> {
                    ObjectNode said = conflicts.addObject().put("id", conflict.id());
                    conflict.fields().forEach(said.putArray("fields")::add);
                    conflict.wars().forEach(said.putArray("wars")::add);
                });
        ObjectNode input = document.putObject("input");
        input.put("read", partition.accepted + partition.skipped);
        input.put("accepted", partition.accepted);
        input.putObject("skipped").put("all", partition.skipped);
        input.putObject("rejected").put("all", 0);
        return document;
    }

    private static JsonNode tree(War war) {
        try {
            return JSON.readTree(WarJson.write(new WarUpdate(war, Lifecycle.ONGOING)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Judges the log, and once more by a process that something happens to: what it says must be the same, word by word. */
    static JsonNode judgeWhateverHappens(Order order, List<byte[]> lines) {
        Partition lives = new LiveEngine(order, Fate.LIVES).play(lines, config());
        List<Fate> fates = List.of(Fate.RESTARTS_ALWAYS, Fate.RESTARTS_HALFWAY, Fate.CRASHES, Fate.CRASHES);
        Fate fate = fates.get(Math.floorMod(Arrays.hashCode(lines.get(0)), fates.size()));
        assertThat(new LiveEngine(order, fate).play(lines, config()).topic.said())
                .as("%s", fate)
                .isEqualTo(lives.topic.said());
        return document(lives);
    }
}
