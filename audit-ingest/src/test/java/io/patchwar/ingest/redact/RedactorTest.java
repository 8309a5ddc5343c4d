package io.patchwar.ingest.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchwar.ingest.pipeline.Batch;
import io.patchwar.ingest.pipeline.CollectedRecords;
import io.patchwar.ingest.pipeline.IngestScope;
import io.patchwar.ingest.pipeline.Origin;
import io.patchwar.model.audit.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAIN = "hunter2-and-more";
    private static final String BASE64 = Base64.getEncoder().encodeToString(PLAIN.getBytes(StandardCharsets.UTF_8));
    private static final String DIGEST = CollectedRecords.KEY.ofText(PLAIN);

    private Redaction redaction = Redaction.under(CollectedRecords.KEY);

    @Test
    void showsTheSameDigestWhereverASecretsValueStands() throws IOException {
        JsonNode event = event(
                "secrets",
                "patch",
                "{\"data\":{\"password\":\"" + BASE64 + "\"},\"stringData\":{\"password\":\"" + PLAIN + "\"}}",
                "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"n\",\"resourceVersion\":\"7\"},\"data\":{\"password\":\""
                        + BASE64 + "\",\"empty\":\"\"},\"type\":\"Opaque\"}");

        assertThat(event.at("/requestObject/data/password").asText()).isEqualTo(DIGEST);
        assertThat(event.at("/requestObject/stringData/password").asText()).isEqualTo(DIGEST);
        assertThat(event.at("/responseObject/data/password").asText()).isEqualTo(DIGEST);
        assertThat(event.at("/responseObject/type").asText()).isEqualTo("Opaque");
        assertThat(event.at("/responseObject/metadata/resourceVersion").asText())
                .isEqualTo("7");
        assertThat(DIGEST).matches("digest:[0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"op\":\"replace\",\"path\":\"/data/password\",\"value\":\"%2$s\"}]",
                "[{\"op\":\"test\",\"path\":\"/data/pass~1word\",\"value\":\"%2$s\"}]",
                "[{\"op\":\"add\",\"path\":\"/stringData\",\"value\":{\"a\":\"%1$s\"}}]",
                "[{\"op\":\"add\",\"path\":\"\",\"value\":{\"data\":{\"a\":\"%2$s\"}}}]",
                "[{\"op\":\"add\",\"path\":\"data/a\",\"value\":\"%1$s\"}]",
                "[{\"op\":\"add\",\"path\":[\"data\"],\"value\":\"%1$s\"}]",
                "[{\"op\":\"add\",\"path\":\"/spec/a\",\"value\":\"%1$s\"}]",
                "[{\"op\":\"add\",\"value\":\"%1$s\"}]",
                "[{\"op\":\"add\",\"path\":\"/data/a/b\",\"value\":{\"c\":\"%1$s\"}}]",
                "[{\"op\":\"add\",\"path\":\"/metadata\",\"value\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"stringData\\\":{\\\"a\\\":\\\"%1$s\\\"}}\"}}}]",
                "[{\"op\":\"add\",\"path\":\"/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration\",\"value\":\"{\\\"stringData\\\":{\\\"a\\\":\\\"%1$s\\\"}}\"}]",
                "[{\"op\":\"add\",\"comment\":\"%1$s\",\"path\":\"/type\",\"value\":\"x\"},\"%1$s\",[\"%1$s\"]]",
                "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"data\\\":{\\\"a\\\":\\\"%2$s\\\"}}\"}}}",
                "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"data: %1$s\"}}}",
                "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":{\"a\":\"%1$s\"}}}}",
                "{\"metadata\":{\"annotations\":{\"objectset.rio.cattle.io/applied\":\"%1$s\",\"kapp.k14s.io/original\":\"%1$s\",\"x.io/last-applied-y\":\"%1$s\"}}}",
                "{\"data\":{\"a\":{\"b\":\"%1$s\"}},\"stringData\":[\"%1$s\"],\"binaryData\":\"%1$s\"}",
                "{\"Data\":{\"a\":\"%1$s\"},\"spec\":\"%1$s\",\"unknown\":[{\"a\":\"%1$s\"}]}",
                "{\"$patch\":\"replace\",\"data\":{\"$patch\":\"%1$s\",\"a\":\"%2$s\"}}",
                "{\"data\":{\"a\":\"%1$s\"} broken}",
                "{\"data\":{\"a\":\"%1$s\"},\"data\":{\"a\":\"x\"}}"
            })
    void letsNoFormOfPatchOfASecretThrough(String template) throws IOException {
        String event = event("secrets", "patch", template.formatted(PLAIN, BASE64), null)
                .toString();

        assertThat(event).doesNotContain(PLAIN, BASE64, PLAIN.substring(0, 8), BASE64.substring(0, 8));
    }

    @Test
    void keepsWhatAPatchDoesWithASecret() throws IOException {
        JsonNode patch = event(
                        "secrets",
                        "patch",
                        "{\"$patch\":\"merge\",\"data\":{\"$patch\":\"replace\",\"gone\":null},\"metadata\":{\"labels\":{\"a\":\"b\"}},\"type\":\"Opaque\"}",
                        null)
                .path("requestObject");

        assertThat(patch.toString())
                .isEqualTo(
                        "{\"$patch\":\"merge\",\"data\":{\"$patch\":\"replace\",\"gone\":null},\"metadata\":{\"labels\":{\"a\":\"b\"}},\"type\":\"Opaque\"}");
    }

    @Test
    void knowsTheValueInsideTheLastAppliedConfiguration() throws IOException {
        String applied = event(
                        "secrets",
                        "patch",
                        "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"kind\\\":\\\"Secret\\\",\\\"stringData\\\":{\\\"a\\\":\\\""
                                + PLAIN + "\\\"}}\\n\"}}}",
                        null)
                .at("/requestObject/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration")
                .asText();

        assertThat(JSON.readTree(applied).at("/stringData/a").asText()).isEqualTo(DIGEST);
        assertThat(JSON.readTree(applied).path("kind").asText()).isEqualTo("Secret");
    }

    @Test
    void repeatsNoValueThatTheServerRefused() throws IOException {
        JsonNode status = refused(
                "secrets",
                "{\"metadata\":{\"x\":\"" + PLAIN
                        + "\"},\"status\":\"Failure\",\"message\":\"Secret \\\"n\\\" is invalid: data[a]: Invalid value: \\\""
                        + PLAIN
                        + "\\\": no\",\"reason\":\"Invalid\",\"details\":{\"name\":\"n\",\"kind\":\"Secret\",\"causes\":[{\"reason\":\"FieldValueInvalid\",\"message\":\"Invalid value: \\\""
                        + PLAIN + "\\\"\",\"field\":\"data[a]\"}]},\"code\":422}");

        assertThat(status.toString()).doesNotContain(PLAIN.substring(0, 8));
        assertThat(status.path("reason").asText()).isEqualTo("Invalid");
        assertThat(status.path("code").asInt()).isEqualTo(422);
        assertThat(status.at("/details/causes/0/field").asText()).isEqualTo("data[a]");
        assertThat(status.path("message").asText()).matches("digest:[0-9a-f]{32}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "admission webhook \\\"deny.example.com\\\" denied the request: hunter2-and-more | admission webhook \"deny.example.com\" denied: digest:",
                "secrets is forbidden: ValidatingAdmissionPolicy 'no-x' with binding 'b' denied request: hunter2-and-more | ValidatingAdmissionPolicy 'no-x': digest:",
                "admission webhook \\\"hunter2-and-more X\\\" denied | digest:"
            })
    void tellsWhoDeniedAndNotWhat(String said, String shown) throws IOException {
        JsonNode status = refused("secrets", "{\"message\":\"" + said + "\",\"code\":403}");

        assertThat(status.path("message").asText()).startsWith(shown).doesNotContain(PLAIN);
    }

    @Test
    void keepsTheRivalOfAnApply() throws IOException {
        String status =
                "{\"status\":\"Failure\",\"reason\":\"Conflict\",\"code\":409,\"details\":{\"causes\":[{\"reason\":\"FieldManagerConflict\",\"field\":\".data.a\",\"message\":\"conflict with \\\"ssa\\\" using v1\"}]}}";

        assertThat(refused("secrets", status).toString())
                .isEqualTo(JSON.readTree(status).toString());
    }

    @Test
    void leavesOthersAlone() throws IOException {
        String body = "{\"data\":{\"a\":\"" + PLAIN + "\"}}";

        assertThat(event("configmaps", "patch", body, null)
                        .at("/requestObject/data/a")
                        .asText())
                .isEqualTo(PLAIN);
        redaction = redaction.withConfigMaps();
        assertThat(event("configmaps", "patch", body, null)
                        .at("/requestObject/data/a")
                        .asText())
                .isEqualTo(DIGEST);
    }

    @Test
    void replacesConfiguredFieldsWhereverTheyStand() throws IOException {
        redaction = redaction.with(
                "widgets.example.com",
                List.of("spec.**.token", "spec.env[*].value", "metadata.annotations[example.com/key]"));
        String body =
                "{\"spec\":{\"token\":\"%1$s\",\"size\":1,\"a\":{\"b\":[{\"token\":{\"x\":\"%1$s\",\"y\":7}}]},\"env\":[{\"name\":\"A\",\"value\":\"%1$s\"}]},\"metadata\":{\"annotations\":{\"example.com/key\":\"%1$s\",\"other\":\"z\"}}}"
                        .formatted(PLAIN);

        JsonNode object = event("widgets", "update", body, null).path("requestObject");

        assertThat(object.at("/spec/token").asText()).isEqualTo(DIGEST);
        assertThat(object.at("/spec/a/b/0/token/x").asText()).isEqualTo(DIGEST);
        assertThat(object.at("/spec/a/b/0/token/y").asText()).startsWith("digest:");
        assertThat(object.at("/spec/env/0/value").asText()).isEqualTo(DIGEST);
        assertThat(object.at("/spec/env/0/name").asText()).isEqualTo("A");
        assertThat(object.at("/spec/size").asInt()).isEqualTo(1);
        assertThat(object.at("/metadata/annotations/other").asText()).isEqualTo("z");
        assertThat(object.toString()).doesNotContain(PLAIN);
        String patch = "[{\"op\":\"replace\",\"path\":\"/spec/env/0/value\",\"value\":\"" + PLAIN
                + "\"},{\"op\":\"add\",\"path\":\"/spec/env/-\",\"value\":{\"name\":\"B\",\"value\":\"" + PLAIN
                + "\"}},{\"op\":\"replace\",\"path\":\"/spec/size\",\"value\":2.50}]";
        JsonNode operations = event("widgets", "patch", patch, null).path("requestObject");
        assertThat(operations.at("/0/value").asText()).isEqualTo(DIGEST);
        assertThat(operations.at("/1/value/value").asText()).isEqualTo(DIGEST);
        assertThat(operations.at("/1/value/name").asText()).isEqualTo("B");
        assertThat(operations.at("/2/value").toString()).isEqualTo("2.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a[b", "a.**", "spec."})
    void refusesAPatternThatMeansNothing(String pattern) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> redaction.with("*", List.of(pattern))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dropsBodiesOfReviews() throws IOException {
        JsonNode event =
                event("things", "create", "{\"kind\":\"TokenReview\",\"spec\":{\"token\":\"" + PLAIN + "\"}}", null);

        assertThat(event.has("requestObject")).isFalse();
        assertThat(event.at("/annotations/audit.k8s.io~1truncated").asText()).isEqualTo("true");
        JsonNode review = event("tokenreviews", "create", "{\"spec\":{\"token\":\"" + PLAIN + "\"}}", null);
        assertThat(review.has("requestObject")).isFalse();
    }

    @Test
    void redactsASecretUnderWhateverResourceItComes() throws IOException {
        String body = "{\"kind\":\"Secret\",\"data\":{\"a\":\"" + BASE64 + "\"}}";

        assertThat(event("things", "create", body, null).toString()).doesNotContain(BASE64.substring(0, 8));
    }

    @Test
    void digestsDifferUnderAnotherKey() {
        assertThat(RedactionKey.random().ofText(PLAIN)).isNotEqualTo(DIGEST);
        assertThat(CollectedRecords.KEY.ofJson("5")).isNotEqualTo(CollectedRecords.KEY.ofText("5"));
    }

    private JsonNode refused(String resource, String status) throws IOException {
        return event(resource, "patch", "{}", null, status).path("responseStatus");
    }

    private JsonNode event(String resource, String verb, String request, String response) throws IOException {
        return event(resource, verb, request, response, "{\"code\":200}");
    }

    private JsonNode event(String resource, String verb, String request, String response, String status)
            throws IOException {
        String group = resource.equals("widgets") ? ",\"apiGroup\":\"example.com\"" : "";
        String line =
                "{\"kind\":\"Event\",\"auditID\":\"i\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/x\",\"verb\":\""
                        + verb
                        + "\",\"user\":{\"username\":\"u\"},\"objectRef\":{\"resource\":\"" + resource
                        + "\",\"namespace\":\"ns\",\"name\":\"n\"" + group + "},\"responseStatus\":" + status
                        + ",\"requestObject\":" + request
                        + (response == null ? "" : ",\"responseObject\":" + response)
                        + ",\"stageTimestamp\":\"2026-11-24T05:00:00.100000Z\",\"annotations\":{\"patch.webhook.admission.k8s.io/round_0_index_0\":\"{\\\"webhook\\\":\\\"w\\\",\\\"patch\\\":[{\\\"op\\\":\\\"add\\\",\\\"path\\\":\\\"/data/a\\\",\\\"value\\\":\\\""
                        + BASE64 + "\\\"}]}\"}}";
        CollectedRecords records = new CollectedRecords();
        IngestScope all = new IngestScope(
                new Scope(Set.of(), Set.of()),
                IngestScope.DEFAULT.verbs(),
                List.of("*"),
                List.of(),
                List.of("*"),
                List.of(),
                List.of());
        try (Batch batch =
                records.pipeline(all, redaction, InstantSource.system()).begin(Origin.pushed("c", ""))) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            batch.feed(bytes, 0, bytes.length, 0);
            batch.commit().join();
        }
        assertThat(records.records).as(line).hasSize(1);
        return JSON.readTree(records.records.get(0).value());
    }
}
