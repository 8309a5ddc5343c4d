package io.patchwar.model.audit;

/** Why something in the input could not be read as an audit event. */
public enum RejectReason {
    NOT_JSON("not-json", "not JSON; an audit log has one JSON object a line"),
    CUT_OFF("cut-off", "the JSON ends in the middle; the line was cut, or the file is still being written"),
    TOO_LONG("too-long", "longer than the longest that is read (64 MiB)"),
    TOO_DEEP("too-deep", "nested too deeply"),
    LEGACY_FORMAT("legacy-format", "one-line text format without bodies; set --audit-log-format=json"),
    NOT_A_LOG("not-a-log", "not a log: binary, an archive, YAML, or compressed in a way that is not read"),
    NOT_AUDIT("not-audit", "JSON, but neither an audit event nor an envelope of one"),
    NO_TIME("no-time", "an audit event without a readable timestamp"),
    DAMAGED("damaged", "an audit event whose fields do not hold what they should");

    private final String word;
    private final String explanation;

    RejectReason(String word, String explanation) {
        this.word = word;
        this.explanation = explanation;
    }

    /** The word in accounts and metrics. */
    public String word() {
        return word;
    }

    /** What a person needs to know. */
    public String explanation() {
        return explanation;
    }
}
