package io.patchwar.remedies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names from an audit log are hostile; what is shown to be pasted into a shell must not be. */
class TemplateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain-name",
                "$(touch /tmp/x)",
                "`id`",
                "a; rm -rf /",
                "it's",
                "''",
                "a b  c",
                "\"quoted\" \\ back",
                "a\nb\r\nc",
                "\u001b[2Jcleared",
                "\u202egnp",
                "*?[a]~!#&|<>(){}",
                "%s%n$HOME",
                "--kubeconfig=/evil",
                "-n",
            })
    void aShellTakesAnyNameAsOneHarmlessWord(String name) throws Exception {
        Names names = Names.of(war(name), List.of());
        String command = Template.command("printf '%s\\n' {name} {object} {one.account}", names);

        List<String> printed = shell(command);

        assertThat(command).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]");
        assertThat(printed).hasSize(3);
        assertThat(printed.get(0)).doesNotStartWith("-");
        assertThat(printed.get(1)).startsWith("services/");
        boolean visible = name.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (visible && !name.startsWith("-")) {
            assertThat(printed.get(0)).isEqualTo(name);
            assertThat(printed.get(1)).isEqualTo("services/" + name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain-name",
                "a: b",
                "# c",
                "- x",
                "true",
                "1.5",
                "\"q\" \\",
                "{a: b}",
                "a\nb: c",
                "*alias",
                "'",
                "| x"
            })
    void aManifestTakesAnyNameAsOneScalar(String name) throws IOException {
        String manifest =
                Template.manifest("metadata:\n  name: {name}-lan\n  other: {name}\n", Names.of(war(name), List.of()));

        JsonNode read = new ObjectMapper(new YAMLFactory()).readTree(manifest);

        assertThat(read.size()).isEqualTo(1);
        assertThat(read.path("metadata").size()).isEqualTo(2);
        String visible = name.replace("\n", "\\n");
        assertThat(read.at("/metadata/other").isTextual()).isTrue();
        assertThat(read.at("/metadata/other").asText()).isEqualTo(visible);
        assertThat(read.at("/metadata/name").asText()).isEqualTo(visible + "-lan");
    }

    @Test
    void whatLivesInNoNamespaceIsAskedForWithoutOne() {
        War node = RemediesTest.war(
                WarClass.TUG_OF_WAR,
                new ObjectRef("c", "", "nodes", "", "worker-1"),
                "spec.taints",
                RemediesTest.contender("a"));
        assertThat(Template.command("kubectl get {object} {scope} -o yaml", Names.of(node, List.of())))
                .isEqualTo("kubectl get nodes/worker-1 -o yaml");
        assertThat(Template.command("kubectl get {object} {scope} -o yaml", Names.unknown()))
                .isEqualTo("kubectl get OBJECT -n NAMESPACE -o yaml");
    }

    @Test
    void whatIsNotKnownIsAWordInCapitals() {
        War war = RemediesTest.war(WarClass.TUG_OF_WAR, "services", "a", "system:serviceaccount:ops:bot", "jane");
        Names names = Names.of(war, List.of());
        assertThat(Template.command("-n {one.namespace} {one.serviceaccount} {other.namespace} {one.pod}", names))
                .isEqualTo("-n ops bot OTHER-NAMESPACE ONE-POD");
    }

    @Test
    void aNameInQuotesOrInTheMiddleOfYamlIsRefused() {
        assertThat(Template.problemInCommand("kubectl get '{name}'", n -> true)).contains("quotes");
        assertThat(Template.problemInCommand("kubectl get \"x {name}\"", n -> true))
                .contains("quotes");
        assertThat(Template.problemInCommand("kubectl get 'x' {name} \"y\"", n -> true))
                .isEmpty();
        assertThat(Template.problemInCommand("kubectl get {nmae}", n -> false)).contains("{nmae}");
        assertThat(Template.problemInManifest("a: \"{name}\"", n -> true)).contains("no scalar");
        assertThat(Template.problemInManifest("a: [{name}]", n -> true)).contains("no scalar");
        assertThat(Template.problemInManifest("{name}: b", n -> true)).contains("no scalar");
        assertThat(Template.problemInManifest("a: x-{name}", n -> true)).isEmpty();
    }

    private static War war(String name) {
        return RemediesTest.war(
                WarClass.TUG_OF_WAR,
                new ObjectRef("c", "", "services", "shop", name),
                "spec.x",
                RemediesTest.contender(name),
                RemediesTest.contender("b"));
    }

    private static List<String> shell(String command) throws IOException, InterruptedException {
        Process sh = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String out = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(sh.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(sh.exitValue()).as(out).isZero();
        return out.lines().toList();
    }
}
