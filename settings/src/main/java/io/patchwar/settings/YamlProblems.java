package io.patchwar.settings;

import java.util.List;

/** A YAML document that cannot be taken as it is; says everything that is wrong with it, each with its path. */
public final class YamlProblems extends Exception {
    private static final long serialVersionUID = 1;

    private final List<String> problems;

    /**
     * @param problems at least one
     */
    public YamlProblems(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each. */
    public List<String> problems() {
        return problems;
    }
}
