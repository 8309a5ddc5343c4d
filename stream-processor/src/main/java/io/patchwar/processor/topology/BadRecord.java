package io.patchwar.processor.topology;

/** Why a record holds no event, beside what a reader of audit events says. */
enum BadRecord {
    /** It has no value. */
    EMPTY("empty", "the record has no value"),
    /** It says that it is a heartbeat. */
    BAD_HEARTBEAT("bad-heartbeat", "the header says heartbeat, and the value holds none"),
    /** One record is of one object, because it has one key. */
    SEVERAL_EVENTS("several-events", "more than one audit event in one record; each must have a record of its own");

    private final String word;
    private final String explanation;

    BadRecord(String word, String explanation) {
        this.word = word;
        this.explanation = explanation;
    }

    /** The word in dead letters and metrics. */
    String word() {
        return word;
    }

    /** What a person needs to know. */
    String explanation() {
        return explanation;
    }
}
