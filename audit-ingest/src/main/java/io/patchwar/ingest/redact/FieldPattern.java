package io.patchwar.ingest.redact;

import io.patchwar.model.Glob;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in an object values are replaced: names from the root on, in dots or, where a name has dots, in brackets, as in
 * {@code spec.template.spec.containers.env.value} or {@code metadata.annotations[example.com/token]}. An asterisk in a name
 * stands for anything, {@code **} for any number of names. Lists are passed through as if they were not there; {@code [*]} may
 * be written behind them and means nothing.
 */
final class FieldPattern {
    private static final String ANY_NUMBER = "**";

    private final List<String> steps;
    private final Treatment treatment;

    FieldPattern(List<String> steps, Treatment treatment) {
        this.steps = List.copyOf(steps);
        this.treatment = treatment;
    }

    /**
     * Reads a pattern as it is configured.
     *
     * @throws IllegalArgumentException with what is wrong, for people
     */
    static FieldPattern parse(String text) {
        List<String> steps = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) == '[') {
                int end = text.indexOf(']', i);
                if (end < 0) {
                    throw new IllegalArgumentException("a bracket does not close");
                }
                String name = text.substring(i + 1, end);
                if (!name.equals("*") || steps.isEmpty()) {
                    steps.add(name);
                }
                i = end + 1;
            } else {
                int start = text.charAt(i) == '.' ? i + 1 : i;
                int end = start;
                while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                    end++;
                }
                steps.add(text.substring(start, end));
                i = end;
            }
        }
        if (steps.isEmpty() || steps.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("has an empty name; write it like spec.values.password");
        }
        if (steps.get(steps.size() - 1).equals(ANY_NUMBER)) {
            throw new IllegalArgumentException("must not end in **; end in * for everything below");
        }
        return new FieldPattern(steps, Treatment.LEAVES);
    }

    /** A pattern that has been followed down to some name. */
    record State(FieldPattern pattern, int at) {
        boolean complete() {
            return at == pattern.steps.size();
        }

        Treatment treatment() {
            return pattern.treatment;
        }
    }

    State start() {
        return new State(this, 0);
    }

    /** Where the states lead with a member of that name. */
    static List<State> follow(List<State> states, String name) {
        String plain = name.startsWith("$") && name.indexOf('/') > 0 ? name.substring(name.indexOf('/') + 1) : name;
        List<State> next = new ArrayList<>(2);
        for (State state : states) {
            follow(state, plain, next);
        }
        return next;
    }

    private static void follow(State state, String name, List<State> next) {
        if (state.complete()) {
            return;
        }
        String step = state.pattern().steps.get(state.at());
        if (step.equals(ANY_NUMBER)) {
            next.add(state);
            follow(new State(state.pattern(), state.at() + 1), name, next);
        } else if (Glob.matches(step, name)) {
            next.add(new State(state.pattern(), state.at() + 1));
        }
    }
}
