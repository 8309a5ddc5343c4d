package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line in a process of its own, as the launcher starts it; its child processes end with it, whatever a test did. */
final class PatchwarProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private PatchwarProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "patchwar-output");
        reader.setDaemon(true);
        reader.start();
    }

    static PatchwarProcess start(String... arguments) throws IOException {
        return withClassPath(System.getProperty("java.class.path"), arguments);
    }

    static PatchwarProcess withClassPath(String classPath, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dfile.encoding=UTF-8",
                Patchwar.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().keySet().removeIf(name -> name.startsWith("PATCHWAR_"));
        return new PatchwarProcess(builder.start());
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            while (line != null) {
                lines.add(line);
                line = out.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All it said, on either stream. */
    String said() {
        return String.join("\n", lines);
    }

    /** The first group of the first line with that in it, once there is one. */
    String awaitWord(String regex) {
        Pattern pattern = Pattern.compile(regex);
        await().atMost(PATIENCE)
                .until(() -> !process.isAlive() || pattern.matcher(said()).find());
        Matcher word = pattern.matcher(said());
        assertThat(word.find()).as(said()).isTrue();
        return word.group(1);
    }

    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(said())
                .isTrue();
        return process.exitValue();
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** To this process and its children, as a terminal does it. */
    void interruptAll() throws Exception {
        List<String> kill = new ArrayList<>(List.of("kill", "-INT", String.valueOf(process.pid())));
        children().forEach(child -> kill.add(String.valueOf(child.pid())));
        assertThat(new ProcessBuilder(kill).start().waitFor(30, TimeUnit.SECONDS))
                .isTrue();
    }

    void kill() {
        process.destroyForcibly();
    }

    static void awaitGone(List<ProcessHandle> processes) {
        await().atMost(PATIENCE).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Override
    public void close() {
        List<ProcessHandle> children = children();
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
