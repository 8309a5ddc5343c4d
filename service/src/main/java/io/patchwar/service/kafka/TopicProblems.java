package io.patchwar.service.kafka;

import java.util.List;

/** Topics that are not as they must be; says all that is wrong, each with what to do. */
public final class TopicProblems extends Exception {
    private static final long serialVersionUID = 1;

    private final List<String> problems;

    /**
     * @param problems at least one
     */
    public TopicProblems(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each. */
    public List<String> problems() {
        return problems;
    }
}
