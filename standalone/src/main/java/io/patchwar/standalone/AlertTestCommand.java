package io.patchwar.standalone;

import io.patchwar.model.words.SafeText;
import io.patchwar.processor.alerting.AlertSettings;
import io.patchwar.processor.alerting.PostResult;
import io.patchwar.processor.alerting.Resolver;
import io.patchwar.processor.alerting.TestAlert;
import io.patchwar.settings.YamlProblems;
import io.patchwar.standalone.serve.LogTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code patchwar alert-test}: sends one harmless alert the way that all others go. */
@Command(
        name = "alert-test",
        description = {
            "Send one harmless alert (PatchWarTest, of severity info, over after five minutes) to every instance of every"
                    + " Alertmanager in the alerting section of FILE, and tell what each of them said.",
            "FILE is the configuration of the stream processor or of `patchwar serve`; its other sections are not looked at."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every instance took the alert",
            "1:at least one did not",
            "2:nothing was sent: the configuration cannot be used, or names no Alertmanager"
        },
        footerHeading = "%nExample:%n",
        footer = "  patchwar alert-test --config stream-processor.yaml")
final class AlertTestCommand implements Callable<Integer> {
    private static final int TAKEN = 0;
    private static final int NOT_TAKEN = 1;
    private static final int LONGEST = 1_000;

    private final InstantSource clock;
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "YAML with an alerting section.")
    private Path config = Path.of("");

    AlertTestCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        // Unasked, Logback would tell every step of the HTTP client.
        LogTarget.standardError();
        PrintWriter out = spec.commandLine().getOut();
        List<TestAlert.Outcome> outcomes = TestAlert.send(settings(), Resolver.SYSTEM, clock);
        boolean all = true;
        for (TestAlert.Outcome outcome : outcomes) {
            PostResult posted = outcome.posted();
            all &= posted.isAccepted();
            String said = posted.isAccepted()
                    ? "took it, in " + posted.took().toMillis() + " ms"
                    : "did NOT take it: " + posted;
            out.println(SafeText.of(outcome.instance() + " " + said, LONGEST));
        }
        out.flush();
        return all ? TAKEN : NOT_TAKEN;
    }

    private AlertSettings settings() {
        AlertSettings read;
        try (InputStream yaml = Files.newInputStream(config)) {
            read = AlertSettings.readAlone(yaml, environment);
        } catch (YamlProblems e) {
            throw refused("cannot be used:\n" + String.join("\n", e.problems()));
        } catch (IOException e) {
            throw refused("cannot be read: " + e.getClass().getSimpleName());
        }
        if (read.alertmanagers().isEmpty()) {
            throw refused("names no Alertmanager; docs/stream-processor.example.yaml shows how, under alerting");
        }
        return read;
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), config + " " + why);
    }
}
