package io.patchwar.processor.stage;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that Java has no words for. Stateless. */
public final class Signals {
    private Signals() {}

    /** The process stands still, and does not know it. */
    public static void pause(long pid) throws IOException, InterruptedException {
        send("STOP", pid);
    }

    /** It goes on as if nothing had been. */
    public static void resume(long pid) throws IOException, InterruptedException {
        send("CONT", pid);
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                .inheritIO()
                .start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("cannot send SIG" + signal + " to " + pid);
        }
    }
}
