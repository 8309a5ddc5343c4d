package io.patchwar.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** How the lines of a log may arrive without changing what it says: in any order inside the grace, and some twice. */
public final class Arrival {

    /** The default grace is 5 s; a stretch ends before it. */
    private static final Duration STRETCH = Duration.ofMillis(4_900);

    private static final ObjectMapper JSON = new ObjectMapper();

    private Arrival() {}

    /** The lines shuffled within stretches that stay inside the grace, a third of them doubled. */
    public static List<byte[]> shuffled(List<byte[]> lines, long seed) {
        Random random = new Random(seed);
        List<byte[]> arrived = new ArrayList<>();
        List<byte[]> stretch = new ArrayList<>();
        Instant first = Instant.MIN;
        for (byte[] line : lines) {
            Instant stamp = stamp(line);
            if (!stretch.isEmpty() && Duration.between(first, stamp).compareTo(STRETCH) > 0) {
                Collections.shuffle(stretch, random);
                arrived.addAll(stretch);
                stretch.clear();
            }
            if (stretch.isEmpty()) {
                first = stamp;
            }
            stretch.add(line);
            if (random.nextInt(3) == 0) {
                stretch.add(line);
            }
        }
        Collections.shuffle(stretch, random);
        arrived.addAll(stretch);
        return arrived;
    }

    /** The lines in their order, a third of them once more soon after. */
    public static List<byte[]> doubled(List<byte[]> lines, long seed) {
        Random random = new Random(seed);
        List<byte[]> arrived = new ArrayList<>(lines);
        for (int i = 0; i < arrived.size(); i++) {
            if (random.nextInt(3) == 0) {
                byte[] again = arrived.get(i);
                i++;
                arrived.add(i, again);
            }
        }
        return arrived;
    }

    public static String auditId(byte[] line) {
        return read(line).path("auditID").asText();
    }

    public static Instant stamp(byte[] line) {
        return Instant.parse(read(line).path("stageTimestamp").asText());
    }

    private static JsonNode read(byte[] line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
