package io.patchwar.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class BrokerRefusalTest {

    @Test
    void mayPassWhereBrokersAreStillToCome() {
        BrokerRefusal refusal = new BrokerRefusal(new InvalidReplicationFactorException("3 wanted, 1 there"));

        assertThat(refusal.mayPass()).isTrue();
        assertThat(refusal).hasMessageContaining("kafka.topics.replicas").hasMessageContaining("3 wanted, 1 there");
        assertThat(new BrokerRefusal(new UnknownTopicOrPartitionException()).mayPass())
                .isTrue();
    }

    @Test
    void doesNotPassWhereSomebodyMustActAndSaysHow() {
        BrokerRefusal mayNot = new BrokerRefusal(new TopicAuthorizationException(Set.of("wars")));
        assertThat(mayNot.mayPass()).isFalse();
        assertThat(mayNot)
                .hasMessageContaining("wars")
                .hasMessageContaining("Create")
                .hasMessageContaining("kafka-acls");
        BrokerRefusal unknown = new BrokerRefusal(new SaslAuthenticationException("no such user"));
        assertThat(unknown.mayPass()).isFalse();
        assertThat(unknown).hasMessageContaining("no such user").hasMessageContaining("kafka.properties");
        assertThat(new BrokerRefusal(new PolicyViolationException("too many")).mayPass())
                .isFalse();
    }
}
