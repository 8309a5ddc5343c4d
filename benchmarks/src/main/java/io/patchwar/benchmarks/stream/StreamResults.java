package io.patchwar.benchmarks.stream;

/** What was measured, as one markdown table. Not thread-safe. */
final class StreamResults {
    private final StringBuilder text = new StringBuilder("""
            | what | measured | asked for | |
            | --- | --- | --- | --- |
            """);

    private boolean fallsShort;

    /** A figure that something was asked of. */
    void add(String what, String measured, String asked, boolean holds) {
        fallsShort |= !holds;
        row(what, measured, asked, holds ? "holds" : "FALLS SHORT");
    }

    /** A figure that explains the one before. */
    void note(String what, String measured) {
        row(what, measured, "", "");
    }

    private void row(String what, String measured, String asked, String verdict) {
        String row = "| " + what + " | " + measured + " | " + asked + " | " + verdict + " |";
        System.err.println(row);
        text.append(row).append('\n');
    }

    /** Whether any figure is not what was asked for. */
    boolean fallsShort() {
        return fallsShort;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
