package io.patchwar.ingest.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.json.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ClusterNamingTest {
    private static ClusterNaming byField(String field, String pattern, Map<String, String> names) {
        return new ClusterNaming(null, null, field, Pattern.compile(pattern), names);
    }

    private static Headers headers(String key, String value) {
        return new RecordHeaders().add(key, value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesTheLastPartOfAResourceIdInWhateverCapitals() {
        ClusterNaming naming = byField("resourceId", ClusterNaming.LAST_PART.pattern(), Map.of());
        assertThat(naming.of(Slice.of("{\"resourceId\":\"/SUBSCRIPTIONS/S/MANAGEDCLUSTERS/PROD-1\"}")))
                .isEqualTo("prod-1");
        assertThat(naming.of(Slice.of("{\"resourceId\":\"/subscriptions/s/managedClusters/Prod-1/\"}")))
                .isEqualTo("prod-1");
    }

    @Test
    void takesAGroupOfThePatternAlongMembers() {
        ClusterNaming eks = byField("logGroup", "^/aws/eks/([^/]+)/cluster$", Map.of());
        assertThat(eks.of(Slice.of("{\"logGroup\":\"/aws/eks/c1/cluster\"}"))).isEqualTo("c1");
        assertThat(eks.of(Slice.of("{\"logGroup\":\"/aws/lambda/x\"}"))).isNull();
        ClusterNaming gke = byField("resource.labels.cluster_name", ".+", Map.of());
        assertThat(gke.of(Slice.of("{\"resource\":{\"labels\":{\"cluster_name\":\"g1\"}}}")))
                .isEqualTo("g1");
    }

    @Test
    void givesNamesThatAreMeantForThoseThatStandThere() {
        ClusterNaming naming = byField("openshift.cluster_id", ".+", Map.of("B8AF", "Prod-East"));
        assertThat(naming.of(Slice.of("{\"openshift\":{\"cluster_id\":\"b8af\"}}")))
                .isEqualTo("Prod-East");
        assertThat(naming.of(Slice.of("{\"openshift\":{\"cluster_id\":\"c9\"}}")))
                .isEqualTo("c9");
    }

    @Test
    void namesNoneWhereNothingFits() {
        ClusterNaming naming = byField("a.b", ".+", Map.of());
        assertThat(naming.of(Slice.of("{\"a\":{\"b\":\"not a name!\"}}"))).isNull();
        assertThat(naming.of(Slice.of("{\"a\":{\"b\":null}}"))).isNull();
        assertThat(naming.of(Slice.of("{\"a\":3}"))).isNull();
        assertThat(naming.of(Slice.of("{\"a\":{\"b\""))).isNull();
        assertThat(naming.of(Slice.of("plain text"))).isNull();
        assertThat(naming.of(new RecordHeaders())).isNull();
    }

    @Test
    void prefersTheHeaderToWhatIsFixed() {
        ClusterNaming naming = new ClusterNaming("c0", "cluster", null, ClusterNaming.LAST_PART, Map.of());
        assertThat(naming.of(headers("cluster", "c1"))).isEqualTo("c1");
        assertThat(naming.of(headers("other", "c1"))).isEqualTo("c0");
        assertThat(naming.of(headers("cluster", "!"))).isEqualTo("c0");
        assertThat(ClusterNaming.always("c2").of(headers("cluster", "c1"))).isEqualTo("c2");
    }
}
