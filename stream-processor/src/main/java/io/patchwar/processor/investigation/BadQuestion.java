package io.patchwar.processor.investigation;

import java.util.List;

/** Somebody asks for what there is not. */
final class BadQuestion extends Exception {
    private static final long serialVersionUID = 1;

    private final List<String> known;

    /**
     * @param known what could have been asked for
     */
    BadQuestion(String what, List<String> known) {
        super(what);
        this.known = List.copyOf(known);
    }

    List<String> known() {
        return known;
    }
}
