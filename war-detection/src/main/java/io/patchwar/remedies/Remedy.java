package io.patchwar.remedies;

import java.util.List;

/**
 * What ends one kind of war. Its commands and manifests are filled in with a war's own names where it was asked for a war, and
 * with words in capitals where it was not.
 *
 * @param id short name, for links and tests; stays the same from release to release
 * @param title a few words
 * @param cause what is going on, in a sentence or two of plain text
 * @param options what can be done, the safest first; at least one
 * @param sources where it was seen: {@code owner/repository#number}, or an address
 */
public record Remedy(String id, String title, String cause, List<Option> options, List<String> sources) {
    /** The page of the runbooks on which every remedy stands. */
    public static final String PAGE = "remedies.md";

    public Remedy {
        options = List.copyOf(options);
        sources = List.copyOf(sources);
    }

    /**
     * One thing to do.
     *
     * @param title an imperative sentence
     * @param commands for a shell, one a line, comments among them; safe to paste. May be empty
     * @param manifest YAML to apply or to take over; empty if there is none
     * @param effect what it does, and to whom
     * @param undo how to take it back
     * @param agree who has to agree
     */
    public record Option(
            String title, List<String> commands, String manifest, String effect, String undo, String agree) {
        public Option {
            commands = List.copyOf(commands);
        }
    }

    /** The safest thing to do. */
    public Option first() {
        return options.get(0);
    }

    /** What can be done, one sentence each, the safest first. */
    public List<String> steps() {
        return options.stream().map(Option::title).toList();
    }

    /** Where its runbook stands, from the folder of the runbooks on: {@code remedies.md#service-metallb-chisel}. */
    public String runbook() {
        return PAGE + "#" + id;
    }
}
