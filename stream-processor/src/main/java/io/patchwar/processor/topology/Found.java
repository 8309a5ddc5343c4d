package io.patchwar.processor.topology;

import io.patchwar.model.WarUpdate;
import java.time.Instant;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** What travels through the topology behind the watch, each kind to its own place. */
sealed interface Found {

    /** A war or finding changed. */
    record War(WarUpdate update) implements Found {}

    /** The time of a cluster went on, as its events and heartbeats have it. */
    record TimePassed(String cluster, Instant now) implements Found {}

    /** A record for a topic, ready to be written; its bytes are nobody's to change any more. */
    final class Written implements Found {
        private final Place place;
        private final byte @Nullable [] value;

        /**
         * @param value null for a tombstone
         */
        Written(Place place, byte @Nullable [] value) {
            this.place = place;
            this.value = value;
        }

        byte @Nullable [] value() {
            return value;
        }
    }

    /** Which topic a record is for. */
    enum Place {
        WARS,
        CAUSES,
        FIELD_CHANGES,
        CLUSTER_LOAD,
        DEAD_LETTERS
    }

    /** Whether it is to be written there. */
    default boolean isFor(Place place) {
        return this instanceof Written w && w.place == place;
    }

    /** Whether it is about wars, or about the time that ends them. */
    default boolean isOfWars() {
        return !(this instanceof Written);
    }

    /** Only ever written: what comes back from a topic is bytes. */
    static Serde<Found> serde() {
        Serializer<Found> serializer = (topic, found) -> found instanceof Written w ? w.value() : refuse(found);
        Deserializer<Found> none = (topic, bytes) -> {
            throw new UnsupportedOperationException("what was found is not read back");
        };
        return Serdes.serdeFrom(serializer, none);
    }

    private static byte[] refuse(Found found) {
        throw new IllegalStateException("not for a topic: " + found.getClass().getSimpleName());
    }
}
