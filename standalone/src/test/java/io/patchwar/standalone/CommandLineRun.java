package io.patchwar.standalone;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** One run of the whole command line in this JVM: what it was given, what it said. */
public record CommandLineRun(int exitStatus, String out, String err) {
    static final Path RECORDINGS = Path.of("..", "recordings");
    static final Terminal PIPE = new Terminal(false, false, 100, false);
    static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    public static CommandLineRun of(String... args) {
        return on(PIPE, "", args);
    }

    static CommandLineRun reading(String standardInput, String... args) {
        return on(PIPE, standardInput, args);
    }

    static CommandLineRun on(Terminal terminal, String standardInput, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        var in = new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8));
        int status = Patchwar.commandLine(terminal, InstantSource.fixed(NOW), in, args)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new CommandLineRun(status, out.toString(), err.toString());
    }

    static String recording(String name) {
        return RECORDINGS.resolve(name + ".jsonl.gz").toString();
    }
}
