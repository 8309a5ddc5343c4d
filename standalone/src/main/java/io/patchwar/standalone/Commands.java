package io.patchwar.standalone;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The commands around one terminal, clock and input, each under the name it goes by. They are made when they are needed: to find
 * out what all of them can be told takes longer than to start the Java machine.
 */
final class Commands {
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    Commands(Terminal terminal, InstantSource clock, InputStream standardInput) {
        commands.put("scan", () -> new ScanCommand(terminal, clock, standardInput));
        commands.put("serve", ServeCommand::new);
        commands.put("demo", () -> new DemoCommand(terminal));
        commands.put("explain", () -> new ExplainCommand(terminal));
        commands.put("replay", () -> new ReplayCommand(clock));
        commands.put("setup", () -> new SetupCommand(clock));
        commands.put("doctor", () -> new DoctorCommand(terminal, standardInput));
        commands.put("alert-test", () -> new AlertTestCommand(clock, System.getenv()));
    }

    /** What a command line with these arguments needs: the command that the first one names, else all, to tell of them. */
    List<Object> neededFor(String... arguments) {
        Supplier<Object> named = arguments.length == 0 ? null : commands.get(arguments[0]);
        return named != null
                ? List.of(named.get())
                : commands.values().stream().map(Supplier::get).toList();
    }
}
