package io.patchwar.standalone.demo;

import io.patchwar.model.words.SafeText;
import io.patchwar.service.http.HttpAddress;
import io.patchwar.settings.Environment;
import io.patchwar.settings.YamlProblems;
import io.patchwar.standalone.serve.LogTarget;
import io.patchwar.standalone.serve.Serve;
import io.patchwar.standalone.serve.ServeConfig;
import io.patchwar.standalone.serve.ServeException;
import io.patchwar.standalone.serve.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of {@code patchwar demo}: a stage of its own, the story, and nothing left behind. One thread. */
public final class DemoRun {
    private static final String RECORDING = "metallb-chisel.jsonl.gz";

    private final PrintWriter out;
    private final PrintWriter err;
    private final int width;
    private final boolean colour;

    /**
     * @param width of the terminal, in characters
     */
    public DemoRun(PrintWriter out, PrintWriter err, int width, boolean colour) {
        this.out = out;
        this.err = err;
        this.width = width;
        this.colour = colour;
    }

    /**
     * What was asked for.
     *
     * @param speed of the war against the recording's
     * @param once whether to end when the war was shown
     * @param data null for a directory that is removed at the end
     */
    public record Wishes(
            double speed, boolean once, @Nullable Path data, HttpAddress http, HttpAddress ingest) {}

    /** Whether it went as it should; if not, that was told. */
    public boolean run(Wishes wishes) {
        try (StopSignal stop = StopSignal.listen()) {
            return run(wishes, stop);
        }
    }

    /** All of it, the tidying too, before the signal is let go and the JVM may end. */
    private boolean run(Wishes wishes, StopSignal stop) {
        Path data = wishes.data();
        boolean isTemporary = data == null;
        try {
            if (data == null) {
                data = Files.createTempDirectory("patchwar-demo-");
            }
            Files.createDirectories(data.resolve("logs"));
            LogTarget.file(data.resolve("logs").resolve("patchwar.log"));
            perform(wishes, data, stop);
            if (isTemporary) {
                remove(data);
            }
            return true;
        } catch (ServeException | IOException e) {
            err.println("patchwar: " + SafeText.of(String.valueOf(e.getMessage()), 2_000));
            if (data != null) {
                err.println("patchwar: the logs are in " + data.resolve("logs"));
            }
            err.flush();
            return false;
        }
    }

    private void perform(Wishes wishes, Path data, StopSignal stop) throws ServeException, IOException {
        Narrator narrator = new Narrator(out, width, colour, System::nanoTime);
        Tape tape = tape();
        narrator.titles("Patchwar demo: two real controllers fight over one field");
        narrator.says("Starting an embedded Kafka, the ingest and the processor.");
        try (Serve serve = Serve.start(config(wishes, data), narrator::says, stop::await)) {
            narrator.says(String.format(
                    Locale.ROOT, "Ready after %.1f s.", narrator.elapsed().toMillis() / 1_000.0));
            Stage stage = new Stage(URI.create("http://" + serve.http() + "/"), URI.create(serve.ingest() + "/"));
            new Story(stage, narrator, tape, wishes.speed(), stop::await).tell(wishes.once());
            narrator.says("Stopping.");
        } catch (ServeException e) {
            if (!stop.isAsked()) {
                throw e;
            }
        }
        narrator.says("Everything is stopped.");
    }

    private static ServeConfig config(Wishes wishes, Path data) {
        try {
            return ServeConfig.defaults(Environment.NONE)
                    .withData(data)
                    .withHttp(wishes.http())
                    .withIngest(wishes.ingest());
        } catch (YamlProblems e) {
            throw new IllegalStateException("the defaults have no problems", e);
        }
    }

    private static Tape tape() throws IOException {
        try (InputStream recording = DemoRun.class.getResourceAsStream(RECORDING)) {
            if (recording == null) {
                throw new IOException("the recording " + RECORDING + " is not in this build");
            }
            return Tape.read(recording);
        }
    }

    private static void remove(Path directory) {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(directory)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            return; // it is in the system's temporary directory, which is tidied anyway
        }
        for (Path path : all) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                return;
            }
        }
    }
}
