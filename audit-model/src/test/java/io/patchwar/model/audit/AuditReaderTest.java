package io.patchwar.model.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an audit event says, in all the forms in which API servers and their clients make it say so. */
class AuditReaderTest {
    private static AuditEvent read(Line line) {
        return Records.event(line.toString());
    }

    private static String record(Line line) {
        Records records = Records.of(line.toString());
        assertThat(records.records).hasSize(1);
        return records.records.get(0);
    }

    @Test
    void readsWhoDidWhatToWhichObjectAndWhen() {
        AuditEvent event = read(new Line());
        assertThat(event.auditID()).isEqualTo("id");
        assertThat(event.verb()).isEqualTo(Verb.PATCH);
        assertThat(event.object()).isEqualTo(new ObjectRef("c1", "", "services", "shop", "web"));
        assertThat(event.received()).isEqualTo(Instant.parse("2026-11-23T08:44:50.5Z"));
        assertThat(event.time()).isEqualTo(Instant.parse("2026-11-23T08:44:50.543879Z"));
        assertThat(event.uri()).isEqualTo("/api/v1/namespaces/shop/services/web?fieldManager=helm&force=true");
        assertThat(event.fieldManager()).isEqualTo("helm");
        assertThat(event.force()).isTrue();
        assertThat(event.actor().account()).isEqualTo("alice");
        assertThat(event.actor().program()).isEqualTo("helm");
        assertThat(event.baseVersion()).isEqualTo("41");
        assertThat(event.version()).isEqualTo("42");
        assertThat(event.uid()).isEqualTo("u1");
        assertThat(event.code()).isEqualTo(200);
        assertThat(event.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(event.request()).hasToString("{\"metadata\":{\"labels\":{\"a\":\"1\"}}}");
        assertThat(event.response()).isNotNull();
        assertThat(event.status()).hasToString("{\"metadata\":{},\"code\":200}");
        assertThat(event.truncated()).isFalse();
        assertThat(event.source()).isEqualTo("outer");
    }

    @Test
    void readsTheSameWhateverTheOrderOfTheMembers() {
        AuditEvent event = read(new Line());
        Random random = new Random(41);
        for (int i = 0; i < 200; i++) {
            String line = new Line().shuffled(random);
            assertThat(Records.event(line)).as(line).isEqualTo(event);
        }
    }

    @Test
    void readsTheSameWithBlanksBetweenEverything() {
        String blanks = new Line().toString().replace("\":", "\" :\t").replace(",\"", " ,\r\n \"");
        assertThat(Records.event(blanks).object()).isEqualTo(read(new Line()).object());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RequestReceived", "ResponseStarted"})
    void skipsStagesThatAreNotTheLast(String stage) {
        // A request that fails to authenticate has no other stage than ResponseStarted.
        assertThat(record(new Line().with("stage", "\"" + stage + "\""))).isEqualTo("stage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "list", "watch", "proxy", "head", "post"})
    void skipsWhatIsNoWrite(String verb) {
        assertThat(record(new Line().with("verb", "\"" + verb + "\""))).isEqualTo("read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "update", "patch", "delete", "deletecollection"})
    void acceptsEveryWrite(String verb) {
        assertThat(read(new Line().with("verb", "\"" + verb + "\"")).verb().word())
                .isEqualTo(verb);
    }

    @Test
    void skipsAReadWithoutLookingAtItsBodies() {
        Line line = new Line().with("verb", "\"get\"").with("responseObject", "{broken");
        assertThat(record(line)).isEqualTo("read");
    }

    @ParameterizedTest
    @CsvSource({
        "events,",
        "events,events.k8s.io",
        "leases,coordination.k8s.io",
        "tokenreviews,authentication.k8s.io",
        "subjectaccessreviews,authorization.k8s.io"
    })
    void skipsWhatIsWrittenForItsOwnSake(String resource, String group) {
        String ref = "{\"resource\":\"" + resource + "\",\"name\":\"n\""
                + (group == null ? "" : ",\"apiGroup\":\"" + group + "\"") + "}";
        assertThat(record(new Line().to(ref))).isEqualTo("out-of-scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status", "scale", "resize", "ephemeralcontainers", "finalize", "approval", "eviction"})
    void acceptsSubresourcesThatAreState(String subresource) {
        AuditEvent event =
                read(new Line().to("{\"resource\":\"pods\",\"name\":\"p\",\"subresource\":\"" + subresource + "\"}"));
        assertThat(event.subresource()).isEqualTo(subresource);
        assertThat(event.isEviction()).isEqualTo(subresource.equals("eviction"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"binding", "exec", "token", "proxy", "log"})
    void skipsSubresourcesThatAreNone(String subresource) {
        assertThat(record(new Line()
                        .to("{\"resource\":\"pods\",\"name\":\"p\",\"subresource\":\"" + subresource + "\"}")))
                .isEqualTo("subresource");
    }

    @Test
    void skipsARequestToNoObject() {
        assertThat(record(new Line().without("objectRef"))).isEqualTo("no-object");
    }

    @Test
    void findsAGeneratedNameInTheReply() {
        Line create = new Line().with("verb", "\"create\"").to("{\"resource\":\"services\",\"namespace\":\"shop\"}");
        assertThat(read(create).object().name()).isEqualTo("web");
    }

    @Test
    void skipsAGeneratedNameThatNothingTells() {
        Line create = new Line().with("verb", "\"create\"").to("{\"resource\":\"services\",\"namespace\":\"shop\"}");
        assertThat(record(create.without("responseObject"))).isEqualTo("no-name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?dryRun=All", "?&dryRun=All", "?fieldManager=a\\u0026dryRun=All", "?dryRun=All&timeout=1s"})
    void skipsADryRunByItsQuery(String query) {
        assertThat(record(new Line().with("requestURI", "\"/x" + query + "\""))).isEqualTo("dry-run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "?dryRun=", "?x=dryRun=All", "?dryRuns=All"})
    void acceptsWhatOnlyLooksLikeADryRun(String query) {
        assertThat(read(new Line().with("requestURI", "\"/x" + query + "\"")).fieldManager())
                .isNull();
    }

    @Test
    void skipsADryRunOfADeleteByItsBody() {
        String options = "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"meta.k8s.io/__internal\",\"dryRun\":[\"All\"]}";
        assertThat(record(new Line().with("verb", "\"delete\"").with("requestObject", options)))
                .isEqualTo("dry-run");
        assertThat(record(new Line().with("verb", "\"deletecollection\"").with("requestObject", options)))
                .isEqualTo("dry-run");
        // Another verb's body may hold a field of that name.
        assertThat(record(new Line().with("requestObject", options))).isEqualTo("id");
        assertThat(record(new Line().with("verb", "\"delete\"").with("requestObject", "{\"dryRun\":[]}")))
                .isEqualTo("id");
    }

    @Test
    void readsQueriesThatBeginWithAnAmpersand() {
        AuditEvent event =
                read(new Line().with("requestURI", "\"/x?\\u0026fieldManager=chisel%2Doperator\\u0026force=false\""));
        assertThat(event.fieldManager()).isEqualTo("chisel-operator");
        assertThat(event.force()).isFalse();
    }

    @Test
    void takesTheImpersonatedUserForTheAccount() {
        AuditEvent event = read(new Line()
                .with(
                        "user",
                        "{\"username\":\"proxy\",\"extra\":{\"authentication.kubernetes.io/pod-name\":[\"proxy-1\"]}}")
                .with("impersonatedUser", "{\"username\":\"alice\",\"groups\":[\"g\"]}"));
        assertThat(event.actor().account()).isEqualTo("alice");
        assertThat(event.actor().inPod()).isFalse();
    }

    @Test
    void findsThePodThatAsked() {
        AuditEvent event = read(
                new Line()
                        .with(
                                "user",
                                "{\"extra\":{\"authentication.kubernetes.io/credential-id\":[\"JTI=1\"],"
                                        + "\"authentication.kubernetes.io/pod-name\":[\"p1\"]},\"username\":\"system:serviceaccount:a:b\"}"));
        assertThat(event.actor().inPod()).isTrue();
        assertThat(event.actor().instance()).isEqualTo("p1");
    }

    @Test
    void acceptsAUserWithoutAName() {
        assertThat(read(new Line().with("user", "{}")).actor().account()).isEmpty();
        assertThat(read(new Line().without("user")).actor().account()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "kubectl/v1.32.4 (linux/amd64) kubernetes/4cb5f07, kubectl",
        "kube-controller-manager/v1.28.14 (linux/amd64) kubernetes/a4ef1a6/system:serviceaccount:kube-system:replicaset-controller,"
                + " replicaset-controller",
        "kube-controller-manager/v1.28.14 (linux/amd64) kubernetes/a4ef1a6, kube-controller-manager",
        "manager, manager",
        "'', unknown"
    })
    void namesTheProgramByItsAgentWhereNoManagerIsGiven(String agent, String program) {
        Line line = new Line().with("requestURI", "\"/x\"").with("userAgent", "\"" + agent + "\"");
        assertThat(read(line).actor().program()).isEqualTo(program);
    }

    @Test
    void takesAllManagersOfKubectlForOne() {
        for (String manager : new String[] {"kubectl", "kubectl-edit", "kubectl-client-side-apply"}) {
            Line line = new Line().with("requestURI", "\"/x?fieldManager=" + manager + "\"");
            assertThat(read(line).actor().program()).isEqualTo("kubectl");
        }
    }

    @Test
    void keepsAMegabyteOfUserAgentShortAndItself() {
        String first = "\"" + "a".repeat(1 << 20) + "1\"";
        String second = "\"" + "a".repeat(1 << 20) + "2\"";
        Line line = new Line().with("requestURI", "\"/x\"");
        String one = read(line.with("userAgent", first)).actor().program();
        String other = read(line.with("userAgent", second)).actor().program();
        assertThat(one).hasSizeLessThan(600).isNotEqualTo(other);
    }

    @Test
    void leavesOutTheNamespaceOfANamespace() {
        AuditEvent event =
                read(new Line().to("{\"resource\":\"namespaces\",\"namespace\":\"shop\",\"name\":\"shop\"}"));
        assertThat(event.object().namespace()).isEmpty();
    }

    @Test
    void knowsWhatIsUndecided() {
        assertThat(read(new Line().with("stage", "\"Panic\"")).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(read(new Line().with("responseStatus", "{\"code\":504,\"reason\":\"Timeout\"}"))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(read(new Line().with("responseStatus", "{\"code\":200,\"message\":\"Connection closed early\"}"))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(read(new Line().without("responseStatus")).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "199,UNKNOWN",
        "200,ACCEPTED",
        "201,ACCEPTED",
        "299,ACCEPTED",
        "300,UNKNOWN",
        "399,UNKNOWN",
        "400,REJECTED",
        "409,REJECTED",
        "422,REJECTED",
        "499,REJECTED",
        "500,UNKNOWN"
    })
    void tellsByTheCodeWhatCameOfIt(String code, Outcome outcome) {
        AuditEvent event = read(new Line().with("responseStatus", "{\"code\":" + code + "}"));
        assertThat(event.code()).isEqualTo(Integer.parseInt(code));
        assertThat(event.outcome()).isEqualTo(outcome);
    }

    @Test
    void takesAStatusReplyForNoObject() {
        AuditEvent event = read(new Line()
                .with("verb", "\"delete\"")
                .with(
                        "responseObject",
                        "{\"kind\":\"Status\",\"metadata\":{\"resourceVersion\":\"9\"},\"details\":{\"uid\":\"u7\"}}"));
        assertThat(event.response()).isNull();
        assertThat(event.version()).isNull();
        assertThat(event.uid()).isEqualTo("u7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "\"\"", "\"abc\"", "\"012\"", "null", "42"})
    void takesAVersionThatCannotBeComparedForNone(String version) {
        AuditEvent event =
                read(new Line().with("responseObject", "{\"metadata\":{\"resourceVersion\":" + version + "}}"));
        assertThat(event.version()).isNull();
    }

    @Test
    void marksAnEventWhoseBodiesWereCutOff() {
        Line line = new Line()
                .without("requestObject", "responseObject")
                .with("annotations", "{\"audit.k8s.io/truncated\":\"true\"}");
        assertThat(read(line).truncated()).isTrue();
        assertThat(read(new Line().with("responseObject", "\"skipped-too-big-size-object\""))
                        .truncated())
                .isTrue();
        assertThat(read(new Line().with("requestObject", "\"skipped-too-big-size-object\""))
                        .truncated())
                .isTrue();
        assertThat(read(new Line().with("requestObject", "null")).truncated()).isFalse();
    }

    @Test
    void namesTheWebhookThatChangedTheRequest() {
        String mutated = "{\"mutation.webhook.admission.k8s.io/round_0_index_0\":"
                + "\"{\\\"webhook\\\":\\\"sidecar.example.com\\\",\\\"mutated\\\":%s}\"}";
        assertThat(read(new Line().with("annotations", String.format(mutated, "true")))
                        .admission())
                .isEqualTo("sidecar.example.com");
        assertThat(read(new Line().with("annotations", String.format(mutated, "false")))
                        .admission())
                .isNull();
        // A logging system cut the annotation: nobody is named, and the event is good all the same.
        assertThat(read(new Line()
                                .with(
                                        "annotations",
                                        "{\"patch.webhook.admission.k8s.io/round_0_index_0\":\"{\\\"web\"}"))
                        .admission())
                .isNull();
    }

    @Test
    void keepsAJsonPatchAsItStands() {
        String patch = "[{\"op\":\"replace\",\"path\":\"/metadata/labels/a\",\"value\":\"2\"}]";
        assertThat(read(new Line().with("requestObject", patch)).request()).hasToString(patch);
    }

    @Test
    void readsBytesThatAreNoUtf8() {
        byte[] line = new Line().with("userAgent", "\"x?y\"").toString().getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == 'x' && line[i + 1] == '?' ? (byte) 0xFF : line[i];
        }
        Records records = Records.of(line);
        assertThat(records.records).containsExactly("id");
        assertThat(records.events.get(0).actor().instance()).contains("\uFFFD");
    }

    @Test
    void takesTheLastOfTwoMembersOfOneName() {
        String twice = new Line().toString().replace("\"userAgent\":", "\"userAgent\":\"first/1\",\"userAgent\":");
        assertThat(Records.event(twice).actor().instance()).isEqualTo("Helm/3.1");
        String bodies = new Line()
                .with(
                        "responseObject",
                        "{\"metadata\":{\"resourceVersion\":\"1\",\"uid\":\"a\"},\"metadata\":{\"resourceVersion\":\"2\"}}")
                .toString();
        assertThat(Records.event(bodies).version()).isEqualTo("2");
        assertThat(Records.event(bodies).uid()).isNull();
    }

    @Test
    void readsBodiesOfAnyDepth() {
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        assertThat(read(new Line().with("requestObject", deep)).request()).isNotNull();
        assertThat(record(new Line().with("unheardOf", deep))).isEqualTo("id");
    }

    @Test
    void readsALineOfManyMegabytes() {
        String large = "{\"data\":\"" + "x\\\"{}[]".repeat(2_000_000) + "\"}";
        assertThat(read(new Line().with("responseObject", large)).response()).isNotNull();
    }

    @Test
    void rejectsAnEventWithoutATime() {
        assertThat(record(new Line().without("stageTimestamp", "requestReceivedTimestamp")))
                .isEqualTo("no-time");
        assertThat(record(new Line().with("stageTimestamp", "\"yesterday\"").without("requestReceivedTimestamp")))
                .isEqualTo("no-time");
        assertThat(read(new Line().without("stageTimestamp")).time())
                .isEqualTo(Instant.parse("2026-11-23T08:44:50.5Z"));
    }

    @Test
    void rejectsAnEventThatLacksWhatAnEventHas() {
        assertThat(record(new Line().without("verb"))).isEqualTo("damaged");
        assertThat(record(new Line().with("verb", "7"))).isEqualTo("damaged");
        assertThat(record(new Line().without("stage", "stageTimestamp"))).isEqualTo("damaged");
        assertThat(record(new Line().with("stage", "[]"))).isEqualTo("id");
    }

    @Test
    void rejectsAnEventThatIsCutOffAnywhere() {
        String line = new Line().toString();
        for (int length = 1; length < line.length(); length++) {
            assertThat(Records.of(line.substring(0, length)).records)
                    .as(line.substring(0, length))
                    .containsExactly("cut-off");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"auditID\":\"a\" \"stage\":1}",
                "{auditID:1}",
                "{\"auditID\"=1}",
                "{,}",
                "not at all",
                "<xml/>",
                "{\"a\":}"
            })
    void rejectsWhatIsNoJson(String text) {
        assertThat(Records.of(text).records).containsExactly("not-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"kind\":\"Pod\"}", "{\"kind\":0}", "{\"a\":{\"b\":[1]}}"})
    void rejectsOtherJson(String text) {
        assertThat(Records.of(text).records).containsExactly("not-audit");
    }

    @Test
    void rejectsTheOldTextFormatByItsName() {
        assertThat(Records.of(
                                "2026-11-23T08:00:00.000000000Z AUDIT: id=\"c\" stage=\"ResponseComplete\" ip=\"127.0.0.1\"")
                        .records)
                .containsExactly("legacy-format");
    }

    @Test
    void countsBlanksAsNothing() {
        assertThat(Records.of("", "  \t\r\n", "\0\0").records).isEmpty();
    }

    @Test
    void givesEachClusterItsName() {
        Records records = new Records();
        byte[] line = new Line().toString().getBytes(StandardCharsets.UTF_8);
        new AuditReader("other", Scope.DEFAULT).read(line, 0, line.length, "", records);
        assertThat(records.events.get(0).object().cluster()).isEqualTo("other");
    }

    @Test
    void movesAnEventsBodiesIntoAnotherBuffer() {
        AuditEvent event = read(new Line());
        byte[] target = new byte[event.bodyBytes() + 10];
        AuditEvent moved = event.movedTo(target, 5);
        assertThat(moved).isEqualTo(event);
        assertThat(moved.request().bytes()).isSameAs(target);
        assertThat(moved.response().to()).isEqualTo(5 + event.bodyBytes());
        AuditEvent bare = read(new Line().without("requestObject", "responseObject", "responseStatus"));
        assertThat(bare.bodyBytes()).isZero();
        assertThat(bare.movedTo(new byte[0], 0)).isEqualTo(bare);
    }
}
