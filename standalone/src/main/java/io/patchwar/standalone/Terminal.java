package io.patchwar.standalone;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is at the other end of the output streams. The launcher says it in system properties, because a Java program cannot ask
 * for each stream on its own; without the launcher there is no terminal.
 *
 * @param outIsTerminal whether standard output is one
 * @param errIsTerminal whether standard error is one
 * @param width of the terminal in characters
 * @param noColour whether NO_COLOR, or a terminal without colours, asks for none
 */
record Terminal(boolean outIsTerminal, boolean errIsTerminal, int width, boolean noColour) {
    private static final int USUAL_WIDTH = 100;
    private static final int WIDEST = 140;

    static Terminal ofThisProcess() {
        return of(System.getenv(), System::getProperty);
    }

    static Terminal of(Map<String, String> environment, Function<String, @Nullable String> property) {
        String noColour = environment.getOrDefault("NO_COLOR", "");
        return new Terminal(
                Boolean.parseBoolean(property.apply("patchwar.stdout.terminal")),
                Boolean.parseBoolean(property.apply("patchwar.stderr.terminal")),
                width(environment.get("COLUMNS")),
                !noColour.isEmpty() || "dumb".equals(environment.get("TERM")));
    }

    private static int width(@Nullable String columns) {
        if (columns != null && columns.matches("[1-9][0-9]{1,3}")) {
            return Math.min(WIDEST, Integer.parseInt(columns));
        }
        return USUAL_WIDTH;
    }
}
