package io.patchwar.standalone.serve;

import java.nio.file.Path;

/** Where the log goes. To be chosen before anything is logged; what an operator chose for Logback stays. */
public final class LogTarget {
    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String FILE = "patchwar.log.file";

    private LogTarget() {}

    /** To standard error, where a service manager collects it. */
    public static void standardError() {
        choose("io/patchwar/standalone/serve/logback-serve.xml");
    }

    /** To a file of bounded size, where a person reads the terminal. */
    public static void file(Path file) {
        System.setProperty(FILE, file.toString());
        choose("io/patchwar/standalone/serve/logback-file.xml");
    }

    private static void choose(String resource) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, resource);
        }
    }
}
