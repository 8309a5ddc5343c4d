package io.patchwar.model.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.patchwar.model.Minutes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one cluster's etcd was given to store in the last ten minutes, as far as one partition saw it: the topic
 * {@code cluster-load}, keyed by cluster and partition. Loads of all partitions add up to the cluster's.
 *
 * @param cluster the user's name for it
 * @param partition the one that counted; -1 for the whole cluster
 * @param since when this began to be counted
 * @param time the cluster's own time of this count
 * @param writes that etcd stored: one revision each
 * @param bytes the JSON of the objects so stored
 * @param growing of the resources of which most objects more were made than removed, a few
 * @param room what had to be given up for want of it
 */
public record ClusterLoad(
        String cluster,
        int partition,
        Instant since,
        Instant time,
        Minutes writes,
        Minutes bytes,
        List<Growth> growing,
        WantOfRoom room) {
    /** How many resources are named at most. */
    public static final int MOST_GROWING = 8;

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Objects of one resource that came to stay, in the last ten minutes.
     *
     * @param resource plural, with its group after a dot
     * @param made objects created
     * @param removed objects deleted
     * @param madeBytes the JSON of those created
     */
    public record Growth(String resource, long made, long removed, long madeBytes) {}

    /**
     * What a partition's watch had to give up since it began for want of room; each is a war that may be missed.
     *
     * @param evicted objects forgotten
     * @param judgedEarly writes judged before their time
     * @param forgotten histories and wars of objects that had too many
     */
    public record WantOfRoom(long evicted, long judgedEarly, long forgotten) {
        public static final WantOfRoom NONE = new WantOfRoom(0, 0, 0);

        public WantOfRoom plus(WantOfRoom other) {
            return new WantOfRoom(
                    evicted + other.evicted, judgedEarly + other.judgedEarly, forgotten + other.forgotten);
        }
    }

    /** A load for which nothing had to be given up. */
    public ClusterLoad(
            String cluster,
            int partition,
            Instant since,
            Instant time,
            Minutes writes,
            Minutes bytes,
            List<Growth> growing) {
        this(cluster, partition, since, time, writes, bytes, growing, WantOfRoom.NONE);
    }

    public ClusterLoad {
        growing = List.copyOf(growing);
    }

    /** The same, and that so much had to be given up. */
    public ClusterLoad with(WantOfRoom given) {
        return new ClusterLoad(cluster, partition, since, time, writes, bytes, growing, given);
    }

    /** As JSON in UTF-8, for {@link #read}. */
    public byte[] toJson() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            Instant last = writes.plus(bytes).last();
            json.writeStartObject();
            json.writeStringField("cluster", cluster);
            json.writeNumberField("partition", partition);
            json.writeStringField("since", since.toString());
            json.writeStringField("time", time.toString());
            json.writeStringField("lastMinute", last.toString());
            LoadJson.counts("writes", writes.upTo(last), json);
            LoadJson.counts("bytes", bytes.upTo(last), json);
            json.writeArrayFieldStart("growing");
            for (Growth growth : growing) {
                json.writeStartObject();
                json.writeStringField("resource", growth.resource());
                json.writeNumberField("made", growth.made());
                json.writeNumberField("removed", growth.removed());
                json.writeNumberField("madeBytes", growth.madeBytes());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("evicted", room.evicted());
            json.writeNumberField("judgedEarly", room.judgedEarly());
            json.writeNumberField("forgotten", room.forgotten());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Reads what {@link #toJson} wrote; members that it does not know it passes over.
     *
     * @throws IOException if it is no such JSON
     */
    public static ClusterLoad read(byte[] utf8) throws IOException {
        try (JsonParser json = JSON.createParser(utf8)) {
            json.nextToken();
            return read(json);
        }
    }

    private static ClusterLoad read(JsonParser json) throws IOException {
        String cluster = "";
        int partition = -1;
        Instant since = Instant.EPOCH;
        Instant time = Instant.EPOCH;
        Instant last = Instant.EPOCH;
        Map<String, List<Long>> counts = new HashMap<>();
        List<Growth> growing = new ArrayList<>();
        Map<String, Long> room = new HashMap<>();
        LoadJson.expect(JsonToken.START_OBJECT, json);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "cluster" -> cluster = json.getText();
                case "partition" -> partition = json.getIntValue();
                case "since" -> since = LoadJson.time(json);
                case "time" -> time = LoadJson.time(json);
                case "lastMinute" -> last = LoadJson.time(json);
                case "writes", "bytes" -> counts.put(name, LoadJson.counts(json));
                case "growing" -> growing = growing(json);
                case "evicted", "judgedEarly", "forgotten" -> room.put(name, json.getLongValue());
                default -> json.skipChildren();
            }
        }
        return new ClusterLoad(
                cluster,
                partition,
                since,
                time,
                LoadJson.minutes(last, "writes", counts, json),
                LoadJson.minutes(last, "bytes", counts, json),
                growing,
                new WantOfRoom(
                        room.getOrDefault("evicted", 0L),
                        room.getOrDefault("judgedEarly", 0L),
                        room.getOrDefault("forgotten", 0L)));
    }

    private static List<Growth> growing(JsonParser json) throws IOException {
        List<Growth> growing = new ArrayList<>();
        LoadJson.expect(JsonToken.START_ARRAY, json);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String resource = "";
            Map<String, Long> numbers = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "resource" -> resource = json.getText();
                    case "made", "removed", "madeBytes" -> numbers.put(name, json.getLongValue());
                    default -> json.skipChildren();
                }
            }
            growing.add(new Growth(
                    resource,
                    numbers.getOrDefault("made", 0L),
                    numbers.getOrDefault("removed", 0L),
                    numbers.getOrDefault("madeBytes", 0L)));
        }
        return growing;
    }
}
