package io.patchwar.service.kafka;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;

/** Kafka answered, and did not do what it was asked. Its message says what was refused and what to do about it. */
public final class BrokerRefusal extends KafkaException {
    private static final long serialVersionUID = 1;

    private final boolean mayPass;

    BrokerRefusal(Throwable cause) {
        super(words(cause), cause);
        this.mayPass = cause instanceof RetriableException || cause instanceof InvalidReplicationFactorException;
    }

    /** Whether the same may be granted a while later with nobody's doing: brokers that start come one after the other. */
    public boolean mayPass() {
        return mayPass;
    }

    private static String words(Throwable cause) {
        String said = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (cause instanceof InvalidReplicationFactorException) {
            return "fewer brokers are there than kafka.topics.replicas asks for (" + said
                    + "); start the others, or set kafka.topics.replicas lower";
        }
        if (cause instanceof AuthorizationException) {
            return "this client may not do that (" + said
                    + "); allow its principal Describe, DescribeConfigs and Create on its topics (kafka-acls.sh),"
                    + " or make the topics yourself and set kafka.topics.create to false";
        }
        if (cause instanceof AuthenticationException) {
            return "Kafka does not let this client in (" + said + "); see kafka.properties";
        }
        return "Kafka refused (" + said + ")";
    }
}
